import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { decode, encode, streamEncode, type DecodedPacket, type Packet } from "dns-packet";
import { isIPv6 } from "node:net";
import type { Condition } from "../condition";
import type { Endpoint } from "../parts";
import { bindWithPatience, listenAt } from "./listening";

/** A name server on UDP and TCP. Cut off, it takes queries and says nothing. */
export type DnsListener = { apply(net: Condition["net"]): Promise<void>; stop(): Promise<void> };

export function dnsListener(
  endpoint: Endpoint,
  answer: (query: DecodedPacket) => Packet | Promise<Packet>,
): DnsListener {
  let udp: UdpSocket | undefined;
  let tcp: Server | undefined;
  let silent = false;
  const connections = new Set<Socket>();

  async function open(): Promise<void> {
    if (udp === undefined) {
      await bindWithPatience(endpoint, "the name server", async () => {
        udp = await boundUdp(endpoint, onDatagram);
      });
    }
    if (tcp !== undefined) return;
    await bindWithPatience(endpoint, "the name server", async () => {
      const made = createServer(onConnection);
      await listenAt(made, endpoint);
      tcp = made;
    });
  }

  function onDatagram(message: Buffer, from: { address: string; port: number }): void {
    const query = silent ? undefined : decoded(() => decode(message));
    if (query === undefined) return;
    void Promise.resolve(answer(query)).then((packet) => udp?.send(encode(packet), from.port, from.address));
  }

  function onConnection(socket: Socket): void {
    connections.add(socket);
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (silent) return;
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const query = decoded(() => decode(received.subarray(2)));
        received = received.subarray(2 + received.readUInt16BE(0));
        if (query === undefined) socket.destroy();
        else void Promise.resolve(answer(query)).then((packet) => socket.write(streamEncode(packet)));
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => connections.delete(socket));
  }

  async function stop(): Promise<void> {
    const [oldUdp, oldTcp] = [udp, tcp];
    [udp, tcp] = [undefined, undefined];
    for (const socket of connections) socket.destroy();
    if (oldUdp !== undefined) await new Promise<void>((resolve) => oldUdp.close(resolve));
    if (oldTcp !== undefined) await new Promise((resolve) => oldTcp.close(resolve));
  }

  return {
    async apply(net) {
      silent = net === "dropped" || net === "hung";
      await (net === "refused" ? stop() : open());
    },
    stop,
  };
}

function boundUdp(
  { address, port }: Endpoint,
  onMessage: (message: Buffer, from: Endpoint) => void,
): Promise<UdpSocket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    socket.on("message", onMessage);
    socket.once("error", reject);
    socket.bind(port, address, () => {
      socket.removeListener("error", reject);
      // A send to somebody who has gone reports itself as an error of this socket; a name server carries on.
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

function decoded(read: () => DecodedPacket): DecodedPacket | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
