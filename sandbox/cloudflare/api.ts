import type { Estate } from "../../shared/estate";
import type { Condition } from "../condition";
import type { Records } from "../records";
import type { ZoneSettings } from "../zone-settings";
import { isRecordRefusal, settledRecord, type RecordFields } from "../zone";
import { decodedPath, parsedBody, type App, type WireAnswer, type WireRequest } from "../wire";
import { failure, pageOf, recordOnWire, success } from "./envelope";
import { exportRoute, settingsRoute } from "./zone-routes";

export type ZoneParts = { records: Records; settings: ZoneSettings };

/** Cloudflare's API v4, as much of it as a person or a program needs to look after one zone's records. */
export function cloudflareApi(
  estate: Estate,
  token: () => string,
  zone: ZoneParts,
  behaves: () => Condition["behaves"],
): App {
  const base = new URL(estate.cloudflare.api).pathname.replace(/\/$/, "");
  return function* answerRequest(request) {
    if (behaves() !== "well") return failure(500, 10_013, "Internal server error");
    const refused = unauthorized(request, token());
    if (refused !== undefined) return refused;
    const url = new URL(request.url, "http://api");
    if (!url.pathname.startsWith(`${base}/`)) return noRoute;
    const path = decodedPath(url.pathname.slice(base.length));
    return path === undefined ? noRoute : routed(estate, zone, request, path, url.searchParams);
  };
}

function routed(
  estate: Estate,
  { records, settings }: ZoneParts,
  request: WireRequest,
  path: string[],
  query: URLSearchParams,
): WireAnswer {
  const { id, name } = estate.cloudflare.zone;
  const zone = { id, name, status: "active", paused: false, type: "full" };
  const [first, zoneId, third, recordId, more] = path;
  const read = request.method === "GET";
  if (read && path.join("/") === "user/tokens/verify")
    return success({ id: "0".repeat(32), status: "active" });
  if (first !== "zones" || more !== undefined) return noRoute;
  if (zoneId === undefined) {
    const wanted = query.get("name");
    return read ? pageOf(wanted === null || wanted === name ? [zone] : [], query) : noRoute;
  }
  if (zoneId !== id) return failure(403, 9109, "Unauthorized to access requested resource");
  if (third === undefined) return read ? success(zone) : noRoute;
  if (third === "settings") return settingsRoute(settings, request, recordId) ?? noRoute;
  if (third !== "dns_records") return noRoute;
  if (recordId === "export" && read) return exportRoute(name, records.all());
  return recordId === undefined
    ? recordsRoute(records, request, query)
    : recordRoute(records, request, recordId);
}

function recordsRoute(records: Records, request: WireRequest, query: URLSearchParams): WireAnswer {
  if (request.method === "GET") {
    const matching = records.all().filter((one) => matches(one, query));
    return pageOf(
      matching.map((one) => recordOnWire(one, records.times(one.id))),
      query,
    );
  }
  if (request.method !== "POST") return noRoute;
  const wanted = wantedFields(request, undefined);
  if (wanted === undefined) return malformed;
  if (
    records
      .all()
      .some((one) => one.name === wanted.name && one.type === wanted.type && one.content === wanted.content)
  ) {
    return failure(400, 81_058, "An identical record already exists.");
  }
  const settled = settledRecord(wanted);
  if (isRecordRefusal(settled)) return failure(settled.status, settled.code, settled.message);
  const made = records.add(settled, "cloudflare-api");
  return success(recordOnWire(made, records.times(made.id)));
}

function recordRoute(records: Records, request: WireRequest, id: string): WireAnswer {
  const record = records.all().find((one) => one.id === id);
  if (record === undefined) return failure(404, 81_044, "Record does not exist.");
  if (request.method === "GET") return success(recordOnWire(record, records.times(id)));
  if (request.method === "DELETE") {
    records.remove(id, "cloudflare-api");
    return success({ id });
  }
  if (request.method !== "PATCH" && request.method !== "PUT") return noRoute;
  const wanted = wantedFields(request, request.method === "PATCH" ? record : undefined);
  if (wanted === undefined) return malformed;
  const settled = settledRecord(wanted);
  if (isRecordRefusal(settled)) return failure(settled.status, settled.code, settled.message);
  const changed = records.write(id, settled, "cloudflare-api");
  return success(recordOnWire(changed, records.times(id)));
}

/** PATCH keeps what is left out; PUT and POST begin from Cloudflare's defaults. */
function wantedFields(request: WireRequest, from: RecordFields | undefined): RecordFields | undefined {
  const body = parsedBody(request.body);
  if (typeof body !== "object" || body === null) return undefined;
  const given = { proxied: false, ttl: 1, ...from, ...body };
  if (!("name" in given) || !("type" in given) || !("content" in given)) return undefined;
  const { name, type, content, proxied, ttl } = given;
  if (
    typeof name !== "string" ||
    typeof content !== "string" ||
    typeof proxied !== "boolean" ||
    typeof ttl !== "number"
  )
    return undefined;
  if (type !== "A" && type !== "AAAA") return undefined;
  return { name: name.toLowerCase(), type, content, proxied, ttl };
}

function matches(record: RecordFields, query: URLSearchParams): boolean {
  const wanted = [
    [query.get("name") ?? query.get("name.exact"), record.name],
    [query.get("type"), record.type],
    [query.get("content") ?? query.get("content.exact"), record.content],
    [query.get("proxied"), String(record.proxied)],
  ];
  return wanted.every(([want, is]) => want === null || want === is);
}

function unauthorized(request: WireRequest, token: string): WireAnswer | undefined {
  const given = request.headers["authorization"];
  if (given === undefined)
    return failure(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
  return given === `Bearer ${token}` ? undefined : failure(400, 10_000, "Authentication error");
}

const noRoute = failure(
  404,
  7003,
  "Could not route to the path given; the sandbox knows zones, dns_records, settings/security_level and user/tokens/verify",
);
const malformed = failure(400, 9207, "Request body is invalid: name, type (A, AAAA), content, ttl, proxied");
