import type { App, AppFunction } from "../app/app";
import type { Nullable, RpcHttpRequest, RpcHttpResponse } from "../app/core-types";
import { invoke } from "../app/invoke";
import { messageOf } from "../host-error";
import type { LogSink } from "../log";
import { cookieHeader } from "./cookies";
import { empty, type HostRequest, type HostResponse } from "./exchange";

type NullableMap = Record<string, Nullable<string>>;

/** Calls an HTTP function. Whatever it throws is a 500 without a body; the text goes to the log only. */
export async function callHttpFunction(
  app: App,
  fn: AppFunction,
  request: HostRequest,
  params: Record<string, string>,
  client: string,
  log: LogSink,
): Promise<HostResponse> {
  try {
    const input = { http: rpcRequest(request, params) };
    const { returnValue } = await invoke(app, fn, { input, client }, log);
    const http = returnValue?.http;
    return http ? response(http) : empty(204);
  } catch (error) {
    log({
      level: "error",
      category: "host",
      message: `Function '${fn.name}' failed: ${messageOf(error)}`,
      functionName: fn.name,
    });
    return empty(500);
  }
}

function rpcRequest(request: HostRequest, params: Record<string, string>): RpcHttpRequest {
  const query: NullableMap = {};
  const spelt = new Map<string, string>();
  for (const [name, value] of request.url.searchParams) {
    // Names that differ in case only are one name, in the spelling that came first.
    const key = spelt.get(name.toLowerCase()) ?? name;
    spelt.set(name.toLowerCase(), key);
    const before = query[key]?.value;
    query[key] = { value: before === undefined ? value : `${before},${value}` };
  }
  return {
    method: request.method,
    url: request.url.href,
    nullableHeaders: nullable(request.headers),
    nullableQuery: query,
    nullableParams: nullable(params),
    ...(request.body.length > 0 ? { body: { bytes: request.body } } : {}),
  };
}

function nullable(values: Record<string, string>): NullableMap {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

function response(http: RpcHttpResponse): HostResponse {
  const status = Number(http.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 999) {
    throw new Error(`The status '${http.statusCode}' is not one.`);
  }
  const headers: [string, string][] = Object.entries(http.headers ?? {});
  for (const cookie of http.cookies ?? []) {
    headers.push(["set-cookie", cookieHeader(cookie)]);
  }
  for (const [name, value] of headers) {
    if (!/^[\t\x20-\x7e]*$/.test(value)) {
      throw new Error(`The response header '${name}' has a character that is not ASCII.`);
    }
  }
  const text = http.body?.string;
  const bytes = http.body?.bytes ?? (typeof text === "string" ? Buffer.from(text) : undefined);
  return { status, headers, ...(bytes && bytes.length > 0 ? { body: bytes } : {}) };
}
