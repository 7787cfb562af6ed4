import type { Endpoint } from "./parts";
import { askDns, type DnsReply, type Talk } from "./wire";

export type Resolution =
  | { kind: "found"; addresses: string[]; ttl: number; tookMs: number }
  | { kind: "failed"; reason: string; tookMs: number };

/** Asks the name servers in turn until one answers, as a resolver does. They share the time. */
export function* resolveName(servers: Endpoint[], name: string, timeoutMs: number): Talk<Resolution> {
  let tookMs = 0;
  let reason = "no name server to ask";
  for (const { address, port } of servers) {
    const each = Math.max(1, Math.floor(timeoutMs / servers.length));
    const reply = yield* askDns({ kind: "dns", address, port, name, timeoutMs: each });
    tookMs += reply.tookMs;
    if (reply.kind === "resolved" && reply.addresses.length > 0) {
      return { kind: "found", addresses: reply.addresses, ttl: reply.ttl, tookMs };
    }
    reason = reasonOf(reply, name, address);
    if (reply.kind === "resolved" && reply.rcode !== "SERVFAIL" && reply.rcode !== "REFUSED") break;
  }
  return { kind: "failed", reason, tookMs };
}

function reasonOf(reply: DnsReply, name: string, server: string): string {
  if (reply.kind === "failed")
    return reply.why === "refused" ? `name server ${server} refused` : `name server ${server} did not answer`;
  if (reply.rcode === "NXDOMAIN") return `no such name: ${name}`;
  return reply.rcode === "NOERROR" ? `${name} has no address` : `name server ${server} says ${reply.rcode}`;
}
