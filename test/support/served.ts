import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Served = { url: string; close(): void };

/** A socket in front of whatever answers requests: for the commands, which ask over HTTP. */
export async function served(answering: (request: Request) => Promise<Response>): Promise<Served> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const type = request.headers["content-type"];
    const answer = await answering(
      new Request(`http://localhost${request.url}`, {
        method: request.method ?? "GET",
        headers: type === undefined ? {} : { "content-type": type },
        ...(body.length === 0 ? {} : { body }),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}
