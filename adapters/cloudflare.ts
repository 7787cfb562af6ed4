import { isIP } from "node:net";
import type * as Sdk from "cloudflare";
import { z } from "zod";
import type { DnsRecord, RecordsPort } from "../shared/world";
import {
  checkPath,
  cloudflareClient,
  refused,
  type AskCloudflare,
  type CloudflareOptions,
} from "./cloudflare-client";
import { unclear } from "./cloudflare-errors";

const MOST_RECORDS = 100;

/**
 * The zone's records, by the official SDK. It can read the A and AAAA records of a name, and change one in
 * place: it never creates or deletes, because record sets must not become empty, and ids must survive (I-22).
 * Throws `CLOUDFLARE_UNREACHABLE`, `_FAILED`, `_RATE_LIMITED`, `_TOKEN_REFUSED`, `_REFUSED`, `_UNCLEAR_ANSWER`,
 * or `RECORD_REFUSED` before anything was sent.
 */
export function cloudflareRecords(
  options: CloudflareOptions,
  ask: AskCloudflare = cloudflareClient(options),
): RecordsPort {
  const { zone } = options.estate.cloudflare;
  return {
    read: async (hostname) => {
      checkPath(zone.id, "the zone's id");
      checkName(hostname, zone.name);
      return ask(async (client, signal) => {
        const lists = await Promise.all([
          list(client, signal, zone.id, hostname, "A"),
          list(client, signal, zone.id, hostname, "AAAA"),
        ]);
        return lists.flat();
      });
    },
    update: async (record) => {
      checkPath(zone.id, "the zone's id");
      checkRecord(record, zone.name);
      await ask((client, signal) => edit(client, signal, zone.id, record));
    },
  };
}

const answered = z.object({
  id: z.string().min(1),
  type: z.enum(["A", "AAAA"]),
  name: z.string(),
  content: z.string(),
  proxied: z.boolean().default(false),
  ttl: z.number(),
});

async function list(
  client: Sdk.Cloudflare,
  signal: AbortSignal,
  zoneId: string,
  hostname: string,
  type: DnsRecord["type"],
): Promise<DnsRecord[]> {
  const query = { zone_id: zoneId, name: { exact: hostname }, type, per_page: MOST_RECORDS };
  const page: { result: unknown } = await client.dns.records.list(query, { signal });
  const records = z.array(answered).safeParse(page.result);
  if (!records.success) throw unclear(z.prettifyError(records.error).replaceAll("\n", " "));
  // The SDK would go on asking until a page is empty. A name with a hundred addresses is not one that we know.
  if (records.data.length >= MOST_RECORDS)
    throw unclear(`${hostname} has ${MOST_RECORDS} ${type} records or more`);
  const stranger = records.data.find(
    (record) => record.name.toLowerCase() !== hostname.toLowerCase() || record.type !== type,
  );
  if (stranger) throw unclear(`asked for ${type} ${hostname}, it listed ${stranger.type} ${stranger.name}`);
  return records.data;
}

async function edit(
  client: Sdk.Cloudflare,
  signal: AbortSignal,
  zoneId: string,
  record: DnsRecord,
): Promise<void> {
  const { id, type, name, content, proxied, ttl } = record;
  // Always the complete statement: what is left out of an edit may be reset.
  const said: unknown = await client.dns.records.edit(
    id,
    { zone_id: zoneId, type, name, content, proxied, ttl },
    { signal },
  );
  const changed = answered.safeParse(said);
  if (!changed.success || changed.data.id !== id)
    throw unclear(`it did not confirm the change of record ${id}`);
}

function checkName(hostname: string, zone: string): void {
  const name = hostname.toLowerCase();
  if (name === zone.toLowerCase() || (name.endsWith(`.${zone.toLowerCase()}`) && !name.startsWith(".")))
    return;
  throw refused(
    `the name ${JSON.stringify(hostname)} is not in the zone ${zone}`,
    "Only names of the configured zone can be read or changed.",
  );
}

function checkRecord(record: DnsRecord, zone: string): void {
  checkPath(record.id, "the record's id");
  checkName(record.name, zone);
  if (isIP(record.content) !== (record.type === "A" ? 4 : 6)) {
    throw refused(
      `${JSON.stringify(record.content)} is no address for a record of type ${record.type}`,
      "Give an IPv4 address for A, an IPv6 address for AAAA, and never a name.",
    );
  }
}
