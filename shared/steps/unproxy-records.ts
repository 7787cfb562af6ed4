import { pointRecord } from "../change/point-record";
import type { ChangeOf } from "../change/kind";
import { partAt } from "../conclude/origin";
import { isRefusal, refuse, type Refusal } from "../errors";
import type { DnsRecord, World } from "../world";
import { recordsNow } from "./control-plane";
import type { Resolved, Resolving } from "./resolving";

type Pointing = ChangeOf<"pointRecord">;

/** The least that a DNS-only record may have, seconds: going home must not take longer than it has to. */
const TTL_S = 60;

/**
 * All proxied records of the service's name, DNS only at the same addresses. All of them, because one that stays
 * proxied keeps the whole name behind the proxy. What must hold before an origin is shown is asked here already.
 */
export async function resolveUnproxied({ seen, world }: Resolving): Promise<Resolved | Refusal> {
  const records = await recordsNow({ seen, world });
  if (isRefusal(records)) return records;
  const { hostname } = world.estate.service;
  const proxied = records.filter((one) => one.proxied);
  if (records.length === 0) return refuseCname(hostname);
  if (proxied.length === 0)
    return refuse(
      "ALREADY_SO",
      `${hostname} does not go through CloudFlare's proxy.`,
      "Somebody else did that; it is theirs to put back.",
    );
  const changes: Pointing[] = [];
  for (const record of proxied) {
    const change = unproxied(record, world);
    if (isRefusal(change)) return change;
    changes.push(change);
  }
  for (const change of changes) {
    const danger = pointRecord.unsafe(change, seen, world.estate);
    if (danger !== undefined) return danger;
  }
  return {
    to: [...new Set(changes.map((one) => one.to))].join(" and "),
    changes: changes.map((change) => ({ change, undo: { ...change, old: change.new, new: change.old } })),
  };
}

function unproxied({ id, name, type, content, ttl }: DnsRecord, { estate }: World): Pointing | Refusal {
  const part = partAt(estate, content);
  if (part === undefined)
    return refuse(
      "NO_HEALTHY_TARGET",
      `A record of ${name} leads to ${content}, which is no part of the estate.`,
      "Customers are led only to what is known to be well.",
    );
  const old = { type, content, proxied: true, ttl };
  const now = { type, content, proxied: false, ttl: TTL_S };
  return { do: "pointRecord", record: id, hostname: name, old, new: now, to: part.name };
}

function refuseCname(hostname: string): Refusal {
  return refuse(
    "NO_HEALTHY_TARGET",
    `${hostname} has no A or AAAA record.`,
    "A CNAME leads through other names, which a person must look at.",
  );
}
