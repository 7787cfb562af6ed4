import {
  AUTHORITATIVE_ANSWER,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  type DecodedPacket,
  type Packet,
} from "dns-packet";
import type { Estate } from "../shared/estate";
import { authoritativeAnswer, type Authoritative } from "./authority";
import type { Resolved } from "./resolver";
import type { TrueRecord } from "./types";

/** How long resolvers may remember that a name does not exist, in seconds. */
const NEGATIVE_TTL_S = 5;
const rcodeNumbers: Record<Authoritative["rcode"], number> = { NOERROR: 0, NXDOMAIN: 3, REFUSED: 5 };
const SERVFAIL = 2;
const NOTIMP = 4;
const FORMERR = 1;

/** The zone's name server: what it answers to one query packet. */
export function dnsAnswer(estate: Estate, records: TrueRecord[], query: DecodedPacket): Packet {
  const [question] = query.questions ?? [];
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED);
  const base: Packet = { type: "response", id: query.id ?? 0, questions: query.questions ?? [] };
  if (opcodeOf(query) !== 0) return { ...base, flags: flags | NOTIMP };
  if (question === undefined) return { ...base, flags: flags | FORMERR };
  const { rcode, addresses, ttl } = authoritativeAnswer(estate, records, question.name, question.type);
  const { type, name } = question;
  return {
    ...base,
    flags: flags | rcodeNumbers[rcode],
    answers: type === "A" || type === "AAAA" ? addresses.map((data) => ({ type, name, ttl, data })) : [],
    authorities: addresses.length === 0 && rcode !== "REFUSED" ? [startOfAuthority(estate)] : [],
  };
}

/** A resolver's answer to a query packet: without authority, and with the seconds that are left of what it remembers. */
export async function resolverAnswer(
  query: DecodedPacket,
  resolve: (name: string) => Promise<Resolved>,
): Promise<Packet> {
  const [question] = query.questions ?? [];
  const flags = RECURSION_AVAILABLE | ((query.flags ?? 0) & RECURSION_DESIRED);
  const base: Packet = { type: "response", id: query.id ?? 0, questions: query.questions ?? [] };
  if (opcodeOf(query) !== 0) return { ...base, flags: flags | NOTIMP };
  if (question === undefined) return { ...base, flags: flags | FORMERR };
  // The company has IPv4 addresses only; of other types there is nothing.
  if (question.type !== "A") return { ...base, flags };
  const { rcode, addresses, ttl } = await resolve(question.name);
  const { name } = question;
  return {
    ...base,
    flags: flags | (rcode === "NOERROR" || rcode === "NXDOMAIN" ? rcodeNumbers[rcode] : SERVFAIL),
    answers: addresses.map((data) => ({ type: "A", name, ttl, data })),
  };
}

function startOfAuthority(estate: Estate): NonNullable<Packet["authorities"]>[number] {
  const zone = estate.cloudflare.zone.name;
  const data = {
    mname: `ns1.${zone}`,
    rname: `dns.${zone}`,
    serial: 1,
    refresh: 600,
    retry: 60,
    expire: 86_400,
    minimum: NEGATIVE_TTL_S,
  };
  return { type: "SOA", name: zone, ttl: NEGATIVE_TTL_S, data };
}

/** Bits 11 to 14 of the flags; 0 is an ordinary query. */
function opcodeOf(query: DecodedPacket): number {
  return ((query.flags ?? 0) >> 11) & 0xf;
}
