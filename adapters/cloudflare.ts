import { isIP } from "node:net";
import type * as Sdk from "cloudflare";
import { z } from "zod";
import { RecoveryError } from "../shared/errors";
import type { Estate } from "../shared/estate";
import type { DnsRecord, RecordsPort } from "../shared/world";
import { cloudflareError, late, unclear } from "./cloudflare-errors";
import { within } from "./within";

export type CloudflareOptions = {
  estate: Pick<Estate, "cloudflare">;
  /** Asked for at the first call, so that a missing token fails only what needs it. */
  token: () => string;
  fetch: typeof fetch;
};

/** One try, and the orchestration decides about the next: the SDK's own retries repeat a PATCH, and take minutes. */
const DEADLINE_MS = 8_000;
const MOST_RECORDS = 100;

/**
 * The zone's records, by the official SDK. It can read the A and AAAA records of a name, and change one in
 * place: it never creates or deletes, because record sets must not become empty, and ids must survive (I-22).
 * Throws `CLOUDFLARE_UNREACHABLE`, `_FAILED`, `_RATE_LIMITED`, `_TOKEN_REFUSED`, `_REFUSED`, `_UNCLEAR_ANSWER`,
 * or `RECORD_REFUSED` before anything was sent.
 */
export function cloudflareRecords({ estate, token, fetch }: CloudflareOptions): RecordsPort {
  const { api, zone } = estate.cloudflare;
  let client: Sdk.Cloudflare | undefined;
  const ask = async <T>(work: (client: Sdk.Cloudflare, signal: AbortSignal) => Promise<T>): Promise<T> => {
    client ??= connect(api, token(), fetch);
    const asked = client;
    try {
      return await within(
        DEADLINE_MS,
        () => late(DEADLINE_MS),
        (signal) => work(asked, signal),
      );
    } catch (thrown) {
      throw cloudflareError(thrown);
    }
  };
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

function connect(baseURL: string, apiToken: string, fetch: CloudflareOptions["fetch"]): Sdk.Cloudflare {
  // Half a second to load, so only when it is needed. Not `import()`: jest can't run one without a flag of Node's.
  const sdk = require("cloudflare") as typeof Sdk;
  // Other credentials, if left out, would be taken from the environment and sent along.
  const only = { apiToken, apiKey: null, apiEmail: null, userServiceKey: null };
  return new sdk.Cloudflare({
    ...only,
    baseURL,
    fetch,
    maxRetries: 0,
    timeout: DEADLINE_MS,
    logLevel: "off",
  });
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

/** The SDK sends an empty id without a word, and then the path names something else (`/zones//dns_records`). */
function checkPath(id: string, what: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    throw refused(`${what} is ${JSON.stringify(id)}`, "It comes from Cloudflare: 32 hexadecimal digits.");
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

function refused(says: string, hint: string): RecoveryError {
  return new RecoveryError("RECORD_REFUSED", `No request was sent to Cloudflare: ${says}.`, hint);
}
