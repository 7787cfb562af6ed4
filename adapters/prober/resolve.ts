import { askDns, type DnsReply, type NameServer } from "./ask-dns";

/** `ttl`: for how many seconds whoever asked this server may keep its answer. */
export type Resolution =
  | { kind: "found"; addresses: string[]; ttl: number }
  | { kind: "failed"; reason: string };

/** Asks the name servers in turn until one answers, as a resolver does. They share the time. Nothing is cached. */
export async function resolveName(servers: NameServer[], name: string, ms: number): Promise<Resolution> {
  const each = Math.max(1, Math.floor(ms / servers.length));
  let reason = "no name server to ask";
  for (const server of servers) {
    const reply = await addressesFrom(server, name, each);
    if (reply.kind === "answered" && reply.addresses.length > 0)
      return { kind: "found", addresses: reply.addresses, ttl: reply.ttl };
    reason = reasonOf(reply, name, server.address);
    if (reply.kind === "answered" && reply.rcode !== "SERVFAIL" && reply.rcode !== "REFUSED") break;
  }
  return { kind: "failed", reason };
}

/** IPv4 first; a name that has none of these may have the others. */
async function addressesFrom(server: NameServer, name: string, ms: number): Promise<DnsReply> {
  const began = performance.now();
  const four = await askDns(server, name, "A", ms);
  if (four.kind === "failed" || four.rcode !== "NOERROR" || four.addresses.length > 0) return four;
  return await askDns(server, name, "AAAA", Math.max(1, ms - (performance.now() - began)));
}

function reasonOf(reply: DnsReply, name: string, server: string): string {
  if (reply.kind === "failed") {
    if (reply.why === "refused") return `name server ${server} refused`;
    return `name server ${server} ${reply.why === "silent" ? "did not answer" : "gave no clear answer"}`;
  }
  if (reply.rcode === "NXDOMAIN") return `no such name: ${name}`;
  return reply.rcode === "NOERROR" ? `${name} has no address` : `name server ${server} says ${reply.rcode}`;
}
