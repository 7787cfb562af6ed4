import { createHash } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import type { Estate } from "../shared/estate";
import { firstBalancer } from "./parts";
import type { TrueRecord } from "./types";

export type RecordFields = Omit<TrueRecord, "id">;
/** Code and text as Cloudflare's API says them. */
export type RecordRefusal = { status: number; code: number; message: string };

/** The service's name and the canary's, proxied, leading to the first balancer. Ids are the same for the same estate, and survive edits. */
export function initialRecords(estate: Estate): TrueRecord[] {
  const content = firstBalancer(estate).address;
  const canary = estate.cloudflare.edge?.canary;
  return [estate.service.hostname, ...(canary === undefined ? [] : [canary])].map((name) => ({
    id: createHash("sha256").update(`${estate.cloudflare.zone.id}/${name}`).digest("hex").slice(0, 32),
    type: isIPv6(content) ? "AAAA" : "A",
    name,
    content,
    proxied: true,
    ttl: 1,
  }));
}

/**
 * What the zone makes of a wanted record. A proxied record's TTL is always automatic (1);
 * otherwise 60 s to a day, or automatic.
 */
export function settledRecord(wanted: RecordFields): RecordFields | RecordRefusal {
  if (wanted.type !== "A" && wanted.type !== "AAAA") return refusal(1004, "DNS Validation Error");
  if (wanted.type === "A" && !isIPv4(wanted.content))
    return refusal(9005, "Content for A record must be a valid IPv4 address.");
  if (wanted.type === "AAAA" && !isIPv6(wanted.content))
    return refusal(9006, "Content for AAAA record must be a valid IPv6 address.");
  const ttl = wanted.proxied ? 1 : wanted.ttl;
  if (!Number.isInteger(ttl) || (ttl !== 1 && (ttl < 60 || ttl > 86_400))) {
    return refusal(9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.");
  }
  return { ...wanted, ttl };
}

export function isRecordRefusal(value: object): value is RecordRefusal {
  return "code" in value && "message" in value;
}

function refusal(code: number, message: string): RecordRefusal {
  return { status: 400, code, message };
}
