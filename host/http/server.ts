import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HostError, messageOf } from "../host-error";
import { empty, type HostRequest, type HostResponse } from "./exchange";

/** Bytes; the real host's default limit of a request body. */
const bodyLimit = 104_857_600;

export type Listener = {
  port: number;
  /** Stops accepting; resolves when what is in flight is answered, or cut after `graceMs`. */
  close(graceMs: number): Promise<void>;
  /** Drops everything at once. */
  abandon(): void;
};

type Options = {
  port: number;
  address: string;
  handle(request: HostRequest): Promise<HostResponse>;
  /** Whether a chunked body is read. The function pipeline sees an empty one instead, as on Azure. */
  readsChunked: boolean;
};

/** Listens for HTTP. Throws a HostError when the port is taken or can't be had. */
export async function listen(options: Options): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 5000 }, (incoming, outgoing) => {
    void answer(options, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(options, error)));
    server.listen(options.port, options.address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) => close(server, graceMs),
    abandon() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listenError({ port, address }: Options, error: NodeJS.ErrnoException): HostError {
  const text =
    error.code === "EADDRINUSE"
      ? `Port ${port} of ${address} is taken by another program: stop it, or give another --port.`
      : `Can't listen on port ${port} of ${address}: ${error.message}.`;
  return new HostError("port-taken", text, { cause: error });
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}

async function answer(options: Options, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  let response: HostResponse;
  try {
    const request = await readRequest(options, incoming);
    response = "status" in request ? request : await options.handle(request);
  } catch (error) {
    if (error instanceof HostError) {
      // The host has stopped: the caller sees what it would see of a process that died.
      incoming.destroy();
      return;
    }
    response = { ...empty(500), body: Buffer.from(messageOf(error)) };
  }
  try {
    write(outgoing, response);
  } catch {
    // A header that Node refuses to write: the caller must not wait for ever.
    outgoing.destroy();
  }
}

async function readRequest(options: Options, incoming: IncomingMessage): Promise<HostRequest | HostResponse> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    const text = Array.isArray(value) ? value.join(",") : (value ?? "");
    if (!/^[\t\x20-\x7e]*$/.test(text)) {
      return empty(400);
    }
    headers[name] = text;
  }
  const base = `http://${headers["host"] ?? `localhost:${options.port}`}`;
  const target = incoming.url ?? "/";
  const href = target.startsWith("/") ? `${base}${target}` : target;
  if (!URL.canParse(href)) {
    return empty(400);
  }
  const length = Number(headers["content-length"] ?? 0);
  if (length > bodyLimit) {
    return empty(413);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) {
      return empty(413);
    }
    if (length > 0 || options.readsChunked) {
      chunks.push(chunk);
    }
  }
  return {
    method: (incoming.method ?? "GET").toUpperCase(),
    url: new URL(href),
    headers,
    body: Buffer.concat(chunks),
  };
}

function write(outgoing: ServerResponse, response: HostResponse): void {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name.toLowerCase() === "set-cookie") {
      outgoing.appendHeader(name, value);
    } else {
      outgoing.setHeader(name, value);
    }
  }
  outgoing.end(response.body ?? "");
}
