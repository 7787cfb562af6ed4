import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a test server was asked, in the order in which requests were complete. */
export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer };

/** A status to answer with, a status with a body, or nothing at all until the server closes. */
export type Answer = number | { status: number; body: string } | "silence";

export type Endpoint = { url: string; received: Received[]; close(): Promise<void> };

/** A server on loopback that stands where Switchover stands. `answer` is asked for each request. */
export async function startEndpoint(
  answer: (request: Received) => Answer | Promise<Answer>,
  port = 0,
): Promise<Endpoint> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { method = "", url = "", headers } = request;
      const whole = { method, path: url, headers, body: Buffer.concat(chunks) };
      received.push(whole);
      const said = await answer(whole);
      if (said === "silence") return;
      response.writeHead(typeof said === "number" ? said : said.status);
      response.end(typeof said === "number" ? "{}" : said.body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  open.push(server);
  return { url, received, close: () => close(server) };
}

const open: Server[] = [];

/** For `afterEach`: also those of a test that failed, which would keep jest alive. */
export async function closeEndpoints(): Promise<void> {
  await Promise.all(open.splice(0).map(close));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
