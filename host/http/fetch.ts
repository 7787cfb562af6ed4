import type { HostRequest, HostResponse } from "./exchange";

/** Reads a fetch Request as if it had come through a socket, with the body's length known. */
export async function fromFetch(request: Request): Promise<HostRequest> {
  const body = new Uint8Array(await request.arrayBuffer());
  const url = new URL(request.url);
  const headers: Record<string, string> = { host: url.host, ...Object.fromEntries(request.headers) };
  if (body.length > 0) {
    headers["content-length"] = String(body.length);
  }
  return { method: request.method.toUpperCase(), url, headers, body };
}

export function toFetch({ status, headers, body }: HostResponse, method: string): Response {
  const bodiless = method === "HEAD" || status === 204 || status === 205 || status === 304;
  return new Response(bodiless || !body ? null : new Uint8Array(body), { status, headers });
}
