import { createSocket } from "node:dgram";
import { randomInt } from "node:crypto";
import { connect, isIP, isIPv6 } from "node:net";
import type * as DnsPacket from "dns-packet";
import { canonical } from "../../shared/hosts";

export type NameServer = { address: string; port: number };

/** `ttl`: the least of what the answer is made of, seconds. `silent`: nothing arrived in time. `unclear`: what arrived is no answer to this. */
export type DnsReply =
  | { kind: "answered"; rcode: string; addresses: string[]; ttl: number }
  | { kind: "failed"; why: "refused" | "silent" | "unclear" };

/** The limit of a DNS message over TCP is its two-byte length. */
const LENGTH_BYTES = 2;
/** Packets get lost on a healthy day: a question is sent so often, and one answer is enough. */
const SENT = 3;
/** Longer chains of aliases are a loop, or an attack. */
const MOST_ALIASES = 8;

/** Asks one name server for the addresses of a name: by UDP, and by TCP when the answer did not fit. Never throws. */
export async function askDns(
  server: NameServer,
  name: string,
  type: "A" | "AAAA",
  ms: number,
): Promise<DnsReply> {
  const packets = require("dns-packet") as typeof DnsPacket;
  const began = performance.now();
  const question = packets.encode({
    type: "query",
    // Together with a port of its own for each question: nobody beside the way can answer in the server's name.
    id: randomInt(65_536),
    flags: packets.RECURSION_DESIRED,
    questions: [{ type, name }],
  });
  const reply = await overUdp(server, question, ms, (bytes) => read(bytes, question, name, type));
  if (reply !== "truncated") return reply;
  const left = Math.max(1, ms - (performance.now() - began));
  const whole = await overTcp(server, question, left, (bytes) => read(bytes, question, name, type));
  return whole === "truncated" ? { kind: "failed", why: "unclear" } : whole;
}

type Read = DnsReply | "truncated";

/** What a message says about the question; undefined when it is not about it, and another may still come. */
function read(bytes: Buffer, question: Buffer, name: string, type: "A" | "AAAA"): Read | undefined {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== question.readUInt16BE(0)) return undefined;
  const packets = require("dns-packet") as typeof DnsPacket;
  let packet: DnsPacket.DecodedPacket & { rcode?: string };
  try {
    packet = packets.decode(bytes);
  } catch {
    return { kind: "failed", why: "unclear" };
  }
  const [asked] = packet.questions ?? [];
  if (!packet.flag_qr || (asked && (asked.name.toLowerCase() !== name.toLowerCase() || asked.type !== type)))
    return undefined;
  if (packet.flag_tc) return "truncated";
  const { addresses, ttl } = addressesIn(packet, name, type);
  // A packet that was cut off decodes to "192.undefined.…".
  if (addresses.some((one) => isIP(one) === 0)) return { kind: "failed", why: "unclear" };
  return { kind: "answered", rcode: packet.rcode ?? "NOERROR", addresses: addresses.map(canonical), ttl };
}

/** Addresses of the name itself, or of what it is an alias of, as far as this answer follows the aliases. */
function addressesIn(
  { answers = [] }: DnsPacket.Packet,
  name: string,
  type: "A" | "AAAA",
): { addresses: string[]; ttl: number } {
  const names = new Set([name.toLowerCase()]);
  // They come in any order, so each round follows one alias at least.
  for (let round = 0; round < MOST_ALIASES; round++)
    for (const answer of answers)
      if (answer.type === "CNAME" && names.has(answer.name.toLowerCase()))
        names.add(answer.data.toLowerCase());
  const ttls: number[] = [];
  const addresses = answers.flatMap((answer) => {
    if ((answer.type !== type && answer.type !== "CNAME") || !names.has(answer.name.toLowerCase())) return [];
    ttls.push(answer.ttl ?? 0);
    return answer.type === type ? [answer.data] : [];
  });
  return { addresses, ttl: ttls.length === 0 ? 0 : Math.min(...ttls) };
}

type Reader = (bytes: Buffer) => Read | undefined;

function overUdp(server: NameServer, question: Buffer, ms: number, reader: Reader): Promise<Read> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(server.address) ? "udp6" : "udp4");
    const end = (reply: Read) => {
      clearTimeout(deadline);
      clearInterval(again);
      socket.removeAllListeners("message");
      socket.close();
      resolve(reply);
    };
    const send = () => socket.send(question, (error) => error && end(failedBy(error)));
    const deadline = setTimeout(() => end({ kind: "failed", why: "silent" }), ms);
    let again: NodeJS.Timeout | undefined;
    socket.once("error", (error) => end(failedBy(error)));
    socket.on("message", (bytes) => {
      const reply = reader(bytes);
      if (reply !== undefined) end(reply);
    });
    // Connected: only this server's packets arrive, and a closed port is noticed at once.
    socket.connect(server.port, server.address, () => {
      send();
      again = setInterval(send, ms / SENT);
    });
  });
}

function overTcp(server: NameServer, question: Buffer, ms: number, reader: Reader): Promise<Read> {
  return new Promise((resolve) => {
    const socket = connect({ host: server.address, port: server.port });
    const end = (reply: Read) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(reply);
    };
    const deadline = setTimeout(() => end({ kind: "failed", why: "silent" }), ms);
    let received = Buffer.alloc(0);
    socket.once("error", (error) => end(failedBy(error)));
    socket.once("end", () => end({ kind: "failed", why: "unclear" }));
    socket.once("connect", () => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(question.length);
      socket.write(Buffer.concat([length, question]));
    });
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < LENGTH_BYTES) return;
      const length = received.readUInt16BE(0);
      if (received.length < LENGTH_BYTES + length) return;
      const reply = reader(received.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
      end(reply ?? { kind: "failed", why: "unclear" });
    });
  });
}

function failedBy(error: NodeJS.ErrnoException): DnsReply {
  return { kind: "failed", why: error.code === "ECONNREFUSED" ? "refused" : "silent" };
}
