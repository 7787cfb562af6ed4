import { Agent, request } from "node:http";
import type { Host } from "../host/index";

export type Answer = { status: number; body: string };

/** One call of a host's HTTP surface; `path` begins with a slash. */
export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Calls the host in this process, through its HTTP pipeline but without a socket. */
export function callerInside(host: Host): Caller {
  return async (method, path, body) => {
    const answer = await host.fetch(
      new Request(`http://localhost${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      }),
    );
    return { status: answer.status, body: await answer.text() };
  };
}

/** Calls a host over its socket, on connections that are kept. `origin` is such as http://127.0.0.1:7071. */
export function callerOverHttp(origin: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  return (method, path, body) =>
    new Promise<Answer>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers =
        text === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const outgoing = request(`${origin}${path}`, { method, agent, headers }, (incoming) => {
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
}
