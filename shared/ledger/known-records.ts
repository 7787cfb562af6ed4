import type { SeenRecord } from "../observation";
import type { Instant } from "../time";
import type { DnsRecord } from "../world";
import { change } from "./change";
import { INCIDENTS } from "./incidents";
import type { Ledger } from "./port";

/**
 * The records of the service's name as they last were while customers were served: what they are put back to
 * when somebody, or something, has changed them for the worse. One set, the newest; a wrong one never takes its place.
 */
export type KnownRecords = {
  hostname: string;
  records: DnsRecord[];
  /** Seen good like this first, and last. */
  since: Instant;
  at: Instant;
};

const KEY = "known-records";
/** A name with more addresses than that is not one that we know, and would not be put back by us. */
const MOST_RECORDS = 20;

export async function readKnownRecords(ledger: Ledger, hostname: string): Promise<KnownRecords | undefined> {
  const known = (await ledger.read<KnownRecords>(INCIDENTS, KEY))?.value;
  return known?.hostname === hostname ? known : undefined;
}

/** Notes what was seen good at `at`. The caller has judged it; what is older than what is known is left out. */
export async function noteKnownRecords(
  ledger: Ledger,
  hostname: string,
  records: DnsRecord[],
  at: Instant,
): Promise<void> {
  if (records.length === 0 || records.length > MOST_RECORDS) return;
  const sorted = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await change<KnownRecords, void>(ledger, { partition: INCIDENTS, key: KEY }, (known) => {
    if (known !== undefined && known.at >= at) return { answer: undefined };
    const same = known?.hostname === hostname && textOf(known.records) === textOf(sorted);
    return { answer: undefined, put: { hostname, records: sorted, since: same ? known.since : at, at } };
  });
}

export function isWhole(record: SeenRecord): record is DnsRecord {
  const { id, type, name, ttl } = record;
  return id !== undefined && type !== undefined && name !== undefined && ttl !== undefined;
}

function textOf(records: DnsRecord[]): string {
  return records
    .map(({ id, type, name, content, proxied, ttl }) => [id, type, name, content, proxied, ttl].join(" "))
    .join("\n");
}
