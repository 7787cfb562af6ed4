import { unsafe } from "../changes";
import { partAt } from "../conclude/dns";
import { isRefusal, refuse, textOf, type Refusal } from "../errors";
import type { Estate } from "../estate";
import { readKnownRecords, type KnownRecords } from "../ledger/known-records";
import { textOfValue, type Change, type RecordValue } from "../plan";
import type { DnsRecord } from "../world";
import type { Resolved, Resolving } from "./resolving";

/**
 * The records that lead out of the estate, put back in place to their last known good values. One that leads to
 * another part of the estate is somebody's decision; one that is missing or extra is never created or deleted (I-22).
 */
export async function resolveRestore({ seen, world }: Resolving): Promise<Resolved | Refusal> {
  const { estate, ledger } = world;
  const { hostname } = estate.service;
  const known = await readKnownRecords(ledger, hostname);
  if (known === undefined) {
    const says = `The records of ${hostname} were never seen while customers were served through them.`;
    return refuse(
      "NOTHING_KNOWN_GOOD",
      says,
      "A person must set them; the provider's own log has the old values.",
    );
  }
  const now = await currentRecords(hostname, world.records);
  if (isRefusal(now)) return now;

  const notes = notesOn(known, now, estate);
  const changes: Resolved["changes"] = [];
  for (const good of known.records) {
    const is = now.find((one) => one.id === good.id);
    if (is === undefined || partAt(estate, is.content) !== undefined) continue;
    const to = partAt(estate, good.content);
    if (to === undefined) {
      const says = `${good.content}, where ${hostname} last led well, is no part of the estate any more.`;
      return refuse("NOTHING_KNOWN_GOOD", says, "A person must decide where the name leads.");
    }
    const change = {
      do: "pointRecord",
      record: good.id,
      hostname,
      to,
      old: valueOf(is),
      new: valueOf(good),
    } as const;
    const danger = unsafe(change, seen, estate);
    if (danger !== undefined) return danger;
    // What was there is no part of the estate, so going back to it is refused unless a person does it.
    const undo: Change = { ...change, to: is.content, old: change.new, new: change.old };
    changes.push({ change, undo });
  }
  if (changes.length > 0) return { changes, notes };
  const says = `No known record of ${hostname} leads out of the estate. ${notes.slice(1).join(" ")}`.trim();
  return refuse(
    "NOTHING_TO_RESTORE",
    says,
    "Records are neither created nor deleted by us; a person must look.",
  );
}

async function currentRecords(
  hostname: string,
  records: Resolving["world"]["records"],
): Promise<DnsRecord[] | Refusal> {
  try {
    return await records.read(hostname);
  } catch (thrown) {
    const says = `The DNS provider's API does not answer, so no record can be changed now: ${textOf(thrown, 120)}`;
    return refuse("PROVIDER_SILENT", says, "Try again when it is back, or change the records another way.");
  }
}

/** What whoever decides should know beside the exact changes. The first sentence is always there. */
function notesOn(known: KnownRecords, now: DnsRecord[], estate: Estate): string[] {
  const values = known.records.map((one) => textOfValue(valueOf(one))).join(", ");
  const ids = new Set(known.records.map((one) => one.id));
  const missing = known.records.filter((good) => !now.some((one) => one.id === good.id));
  const extra = now.filter((one) => !ids.has(one.id));
  const moved = now.filter((one) => {
    const good = known.records.find((other) => other.id === one.id);
    return good !== undefined && good.content !== one.content && partAt(estate, one.content) !== undefined;
  });
  return [
    `Known good since ${known.since}, last seen so at ${known.at}: ${values}.`,
    ...missing.map((one) => `${textOfValue(valueOf(one))} is missing; it is not created again by us.`),
    ...extra.map((one) => `${textOfValue(valueOf(one))} is new; it is not deleted by us.`),
    ...moved.map(
      (one) =>
        `${textOfValue(valueOf(one))} leads to ${partAt(estate, one.content)}; whoever pointed it there keeps it.`,
    ),
  ];
}

function valueOf({ type, content, proxied, ttl }: DnsRecord): RecordValue {
  return { type, content, proxied, ttl };
}
