import { Resolver } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { hostNameIn, type Call, type DnsReply, type Failure, type HttpReply, type Reply } from "../wire";

/** Does a call get where it is meant to go? `refused`: a firewall in front of the target turns the caller away. */
export type Way = "open" | "dropped" | "refused";

/** Makes a call over real sockets, where there is a way to its target. `roots`: all that whoever calls trusts, PEM. */
export function dialer(wayOf: (call: Call) => Way, roots?: string): (call: Call) => Promise<Reply> {
  return async (call) => {
    const way = wayOf(call);
    if (way === "dropped") return vanished(call);
    if (way === "refused") return failure("refused", performance.now());
    return call.kind === "dns" ? askName(call) : askPage(call, roots);
  };
}

/** Headers that belong to one connection, and length, which the next hop counts anew. */
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

function askPage(call: Extract<Call, { kind: "http" }>, roots: string | undefined): Promise<HttpReply> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const { method, url, headers, body } = call.request;
    const begin = call.tls === undefined ? httpRequest : httpsRequest;
    const asked = begin({
      ...(call.tls === undefined ? {} : tlsOptions(call, roots)),
      host: call.address,
      port: call.port,
      method,
      path: url,
      headers: endToEnd(headers),
      agent: false,
    });
    const settle = (reply: HttpReply) => {
      clearTimeout(connecting);
      clearTimeout(answering);
      asked.destroy();
      resolve(reply);
    };
    const connecting = setTimeout(
      () => settle(failure("connect-timeout", startedAt)),
      Math.min(call.connectMs, call.timeoutMs),
    );
    const answering = setTimeout(() => settle(failure("answer-timeout", startedAt)), call.timeoutMs);
    asked.once("socket", (socket) => socket.once("connect", () => clearTimeout(connecting)));
    asked.once("response", (response) => {
      void readBody(response)
        .then((text): HttpReply => {
          const answer = {
            status: response.statusCode ?? 0,
            headers: flat(response.headers),
            body: text,
            afterMs: 0,
          };
          return { kind: "answered", answer, tookMs: elapsed(startedAt) };
        })
        .catch(() => failure("reset", startedAt))
        .then(settle);
    });
    asked.once("error", (error) => settle(failure(causeOf(error), startedAt)));
    asked.end(body);
  });
}

function tlsOptions({ tls, request }: Extract<Call, { kind: "http" }>, roots: string | undefined) {
  const trust = roots === undefined ? {} : { ca: roots };
  return { servername: hostNameIn(request), rejectUnauthorized: tls === "checked", ...trust };
}

function causeOf(error: NodeJS.ErrnoException): Failure["why"] {
  if (error.code === "ECONNREFUSED") return "refused";
  return /CERT|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(error.code ?? "") ? "certificate" : "reset";
}

async function askName(call: Extract<Call, { kind: "dns" }>): Promise<DnsReply> {
  const startedAt = performance.now();
  const resolver = new Resolver({ timeout: call.timeoutMs, tries: 1 });
  resolver.setServers([
    call.address.includes(":") ? `[${call.address}]:${call.port}` : `${call.address}:${call.port}`,
  ]);
  const giveUp = setTimeout(() => resolver.cancel(), call.timeoutMs);
  try {
    const records = await resolver.resolve4(call.name, { ttl: true });
    const ttl = Math.min(...records.map((one) => one.ttl));
    return {
      kind: "resolved",
      rcode: "NOERROR",
      addresses: records.map((one) => one.address),
      ttl,
      tookMs: elapsed(startedAt),
    };
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    const rcode = rcodes[code];
    if (rcode !== undefined)
      return { kind: "resolved", rcode, addresses: [], ttl: 0, tookMs: elapsed(startedAt) };
    return failure(code === "ECONNREFUSED" ? "refused" : "answer-timeout", startedAt);
  } finally {
    clearTimeout(giveUp);
  }
}

/** What Node's resolver calls the answers that have no address. */
const rcodes: Record<string, string> = {
  ENOTFOUND: "NXDOMAIN",
  ENODATA: "NOERROR",
  EREFUSED: "REFUSED",
  ESERVFAIL: "SERVFAIL",
};

async function vanished(call: Call): Promise<Failure> {
  const startedAt = performance.now();
  const patienceMs = call.kind === "http" ? Math.min(call.connectMs, call.timeoutMs) : call.timeoutMs;
  await new Promise((resolve) => setTimeout(resolve, patienceMs));
  return failure("connect-timeout", startedAt);
}

function failure(why: Failure["why"], startedAt: number): Failure {
  return { kind: "failed", why, tookMs: elapsed(startedAt) };
}

function elapsed(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}

/** The whole body as text. Rejects when the connection breaks, or with "too large" beyond 1 MB. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 1_000_000) throw new Error("too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function flat(headers: IncomingMessage["headers"]): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

export function endToEnd(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}
