import { Agent, request } from "node:http";
import type { Host } from "../host/index";
import { DEADLINE_MS, inTime } from "./deadline";

export type Answer = { status: number; body: string };

/** One call of a host's HTTP surface; `path` begins with a slash. */
export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** The host's own answer to a wait that it gives up comes first. */
const CALL_MS = DEADLINE_MS + 10_000;

/** The query stays out of it: the host's key is there. */
const unanswered = (method: string, path: string): string =>
  `${method} ${path.split("?")[0]} was not answered`;

/** Calls the host in this process, through its HTTP pipeline but without a socket. */
export function callerInside(host: Host): Caller {
  return async (method, path, body) => {
    const asked = new Request(`http://localhost${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const answer = await inTime(unanswered(method, path), CALL_MS, () => host.fetch(asked));
    return { status: answer.status, body: await answer.text() };
  };
}

/** Calls a host over its socket, on connections that are kept. `origin` is such as http://127.0.0.1:7071. */
export function callerOverHttp(origin: string, ms = CALL_MS): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  const answerOf = (signal: AbortSignal, method: string, path: string, body?: unknown) =>
    new Promise<Answer>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers =
        text === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const outgoing = request(`${origin}${path}`, { method, agent, headers, signal }, (incoming) => {
        let answer = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (chunk: string) => {
          answer += chunk;
        });
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: answer }));
        incoming.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
  return (method, path, body) =>
    inTime(unanswered(method, path), ms, (signal) => answerOf(signal, method, path, body));
}
