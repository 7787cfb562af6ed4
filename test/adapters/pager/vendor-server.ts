import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { url: string; method: string; headers: IncomingHttpHeaders; body: string };

/** An answer, or what else happens: nothing at all, or a connection that breaks. */
export type Answer =
  | { status: number; body?: string; headers?: Record<string, string> }
  | "silence"
  | "reset";

/**
 * Stands where a vendor stands: a server on loopback, and a `fetch` that leads every address there. `asked`
 * has the addresses as they were meant, so that a test sees to whom a message went.
 */
export async function vendorServer(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const meant = new Map<string, string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = meant.get(request.url ?? "") ?? "";
      const one = {
        url,
        method: request.method ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      asked.push(one);
      const what = answer(one);
      if (what === "reset") request.socket.destroy();
      else if (what !== "silence") response.writeHead(what.status, what.headers).end(what.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const fetch: typeof globalThis.fetch = (input, init) => {
    const path = `/${meant.size}`;
    meant.set(path, String(input instanceof Request ? input.url : input));
    return globalThis.fetch(`http://127.0.0.1:${port}${path}`, init);
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { asked, fetch, stop };
}
