import type { CertificateFacts } from "../shared/certificate";

/**
 * Traffic as values. A part that asks another part is a generator that yields the call and gets the
 * reply; the same generator runs at once over the network in memory, or awaits real sockets.
 */

/** `url` is path and query. Header names are lower-case. */
export type WireRequest = { method: string; url: string; headers: Record<string, string>; body: string };

/** `afterMs`: how long the part takes before it answers; Infinity is never. */
export type WireAnswer = { status: number; headers: Record<string, string>; body: string; afterMs: number };

export type HttpCall = {
  kind: "http";
  address: string;
  port: number;
  request: WireRequest;
  /** By TLS, for the name that the request's Host says; `checked`: as a browser does it. */
  tls?: "checked" | "unchecked";
  /** To get a connection. */
  connectMs: number;
  /** For all of it. */
  timeoutMs: number;
};
export type DnsCall = { kind: "dns"; address: string; port: number; name: string; timeoutMs: number };
export type Call = HttpCall | DnsCall;

export type Failure = {
  kind: "failed";
  /** `certificate`: what was shown is not taken. */
  why: "refused" | "connect-timeout" | "answer-timeout" | "reset" | "certificate";
  tookMs: number;
};
export type HttpReply =
  | { kind: "answered"; answer: WireAnswer; certificate?: CertificateFacts; tookMs: number }
  | Failure;
/** `addresses` with their common TTL in seconds; empty with `rcode` other than NOERROR too. */
export type DnsReply =
  | { kind: "resolved"; rcode: string; addresses: string[]; ttl: number; tookMs: number }
  | Failure;
export type Reply = HttpReply | DnsReply;

export type Talk<T> = Generator<Call, T, Reply>;
export type App = (request: WireRequest) => Talk<WireAnswer>;

export function* askHttp(call: HttpCall): Talk<HttpReply> {
  const reply = yield call;
  if (reply.kind === "resolved") throw new TypeError("an HTTP call got a DNS reply");
  return reply;
}

export function* askDns(call: DnsCall): Talk<DnsReply> {
  const reply = yield call;
  if (reply.kind === "answered") throw new TypeError("a DNS call got an HTTP reply");
  return reply;
}

/** Runs a talk to its end over a network that answers at once. */
export function runNow<T>(talk: Talk<T>, network: (call: Call) => Reply): T {
  let step = talk.next();
  while (step.done !== true) step = talk.next(network(step.value));
  return step.value;
}

/** Runs a talk to its end over real sockets. */
export async function runLater<T>(talk: Talk<T>, network: (call: Call) => Promise<Reply>): Promise<T> {
  let step = talk.next();
  while (step.done !== true) step = talk.next(await network(step.value));
  return step.value;
}

export function get(path: string, host: string): WireRequest {
  return { method: "GET", url: path, headers: { host }, body: "" };
}

export function jsonAnswer(status: number, body: object, headers: Record<string, string> = {}): WireAnswer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: `${JSON.stringify(body)}\n`,
    afterMs: 0,
  };
}

export function textAnswer(status: number, body: string, headers: Record<string, string> = {}): WireAnswer {
  return { status, headers: { "content-type": "text/html", ...headers }, body, afterMs: 0 };
}

export const neverAnswers: WireAnswer = {
  status: 0,
  headers: {},
  body: "",
  afterMs: Number.POSITIVE_INFINITY,
};

/** By TLS, where the customers speak it. */
export function byTls(spoken: boolean, how: "checked" | "unchecked"): Pick<HttpCall, "tls"> {
  return spoken ? { tls: how } : {};
}

/** The name that a request is for. */
export function hostNameIn({ headers }: WireRequest): string {
  return (headers["host"] ?? "").split(":")[0] ?? "";
}

/** The JSON value of a body, or undefined when it is none. */
export function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** The parts of a path, decoded; undefined when it can't be. */
export function decodedPath(path: string): string[] | undefined {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
