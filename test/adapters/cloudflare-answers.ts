import { cloudflareRecords } from "../../adapters/cloudflare";
import { RecoveryError } from "../../shared/errors";
import type { DnsRecord } from "../../shared/world";
import { fakeFetch, testEstate } from "./estate";

/** Cloudflare's API as far as the adapter's tests need it: one record, its answers, and a port that asks a `fetch`. */
export const ZONE = "5a3d1e7c9b2f4a6088d0c1b2a3f4e5d6";
export const ID = "372e67954025e0ba6aaa6d586b9e0b59";
export const HOSTNAME = "shop.example.com";
export const record: DnsRecord = {
  id: ID,
  type: "A",
  name: HOSTNAME,
  content: "192.0.2.20",
  proxied: false,
  ttl: 60,
};
export const extras = {
  proxiable: true,
  settings: {},
  meta: {},
  comment: null,
  tags: [],
  created_on: "2024-01-01T05:20:00.12345Z",
};

export const json = (body: unknown, status = 200) => Response.json(body, { status });
export const failure = (status: number, code: number, message: string) =>
  json({ success: false, errors: [{ code, message }], messages: [], result: null }, status);
export const listOf = (records: object[]) =>
  json({
    success: true,
    errors: [],
    messages: [],
    result: records,
    result_info: {
      page: 1,
      per_page: 100,
      count: records.length,
      total_count: records.length,
      total_pages: 1,
    },
  });

export function records(
  answer: (request: Request) => Response | Promise<Response>,
  token = () => "the-token",
) {
  const { fetch, requests } = fakeFetch(answer);
  return { records: cloudflareRecords({ estate: testEstate(), token, fetch }), requests };
}

export async function errorOf(work: Promise<unknown>): Promise<RecoveryError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof RecoveryError) return thrown;
  throw new Error(`expected a RecoveryError, got ${String(thrown)}`);
}
