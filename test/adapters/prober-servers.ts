import { createSocket, type Socket } from "node:dgram";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcp, type AddressInfo, type Server, type Socket as TcpSocket } from "node:net";
import { decode, encode, streamEncode, type Answer, type Packet } from "dns-packet";

/** Servers of a test, each on a free port of 127.0.0.1, all closed by `close`. */
export type Servers = {
  http(answer: RequestListener): Promise<number>;
  /** Whatever it writes is all that comes. */
  tcp(serve: (socket: TcpSocket) => void): Promise<number>;
  /** A name server; UDP and TCP of one port. `undefined` is silence. */
  dns(answer: (query: Packet, over: "udp" | "tcp") => Packet | Buffer | undefined): Promise<number>;
  close(): Promise<void>;
};

export function openServers(): Servers {
  const closers: (() => Promise<unknown>)[] = [];
  const sockets = new Set<TcpSocket>();

  async function listen(server: Server, port = 0): Promise<number> {
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    return (server.address() as AddressInfo).port;
  }

  return {
    http: (answer) => listen(createServer(answer)),
    tcp: (serve) => listen(createTcp(serve)),
    async dns(answer) {
      const respond = (bytes: Buffer, over: "udp" | "tcp") => answer(decode(bytes), over);
      const stream = createTcp((socket) => {
        socket.once("data", (bytes: Buffer) => {
          const reply = respond(bytes.subarray(2), "tcp");
          if (reply !== undefined) socket.end(Buffer.isBuffer(reply) ? reply : streamEncode(reply));
        });
      });
      const port = await listen(stream);
      const udp: Socket = createSocket("udp4");
      udp.on("message", (bytes, from) => {
        const reply = respond(bytes, "udp");
        if (reply !== undefined)
          udp.send(Buffer.isBuffer(reply) ? reply : encode(reply), from.port, from.address);
      });
      await new Promise<void>((resolve) => udp.bind(port, "127.0.0.1", resolve));
      closers.push(() => new Promise<void>((resolve) => udp.close(() => resolve())));
      return port;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(closers.splice(0).map((one) => one()));
    },
  };
}

/** The answer to a query that gives these addresses. */
export function answerTo(query: Packet, addresses: string[], more: Partial<Packet> = {}): Packet {
  const [question] = query.questions ?? [];
  const name = question?.name ?? "";
  const answers = addresses
    .map((data): Answer => ({ type: data.includes(":") ? "AAAA" : "A", name, ttl: 1, data }))
    .filter((one) => one.type === question?.type);
  return { type: "response", id: query.id ?? 0, questions: query.questions ?? [], answers, ...more };
}
