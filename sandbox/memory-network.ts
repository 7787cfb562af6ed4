import { certificateFault, type CertificateFacts } from "../shared/certificate";
import type { Estate } from "../shared/estate";
import { authoritativeAnswer } from "./authority";
import { breakGlassZone } from "./break-glass";
import type { Company } from "./company";
import { authoritativeOf } from "../shared/name-servers";
import { BREAK_GLASS_DNS, endpointKey } from "./parts";
import { RESOLVER_PATIENCE_MS, type CachingResolver } from "./resolver";
import type { TrueRecord } from "./types";
import {
  hostNameIn,
  runNow,
  type App,
  type Call,
  type DnsReply,
  type Failure,
  type HttpReply,
  type Reply,
} from "./wire";

/** Somebody who listens at an address. */
export type Listener = {
  part: string;
  app: App;
  /** Nobody listens here now, although the part lives. */
  closed?: () => boolean;
  /** Speaks TLS, and shows this. */
  certificate?: () => CertificateFacts;
};

export type DnsListener = { part: string; resolver: CachingResolver };

/** The wires between the parts, in memory: every call is answered at once, and says how long it would have taken. */
export type MemoryNetwork = {
  listen(endpoint: { address: string; port: number }, listener: Listener): void;
  listenDns(endpoint: { address: string; port: number }, listener: DnsListener): void;
  /** The network as seen from one part; from "outside" everything can be reached. */
  from(part: string): (call: Call) => Reply;
  http(from: string, call: Extract<Call, { kind: "http" }>): HttpReply;
};

/** The least that anything takes. */
const HOP_MS = 1;

export function memoryNetwork(company: Company): MemoryNetwork {
  const listeners = new Map<string, Listener>();
  const resolvers = new Map<string, DnsListener>();
  const networks = new Map<string, (call: Call) => Reply>();
  const nameServers = nameServersOf(company);

  function from(part: string): (call: Call) => Reply {
    const known = networks.get(part);
    if (known !== undefined) return known;
    const made = (call: Call): Reply => (call.kind === "dns" ? dns(part, call) : http(part, call));
    networks.set(part, made);
    return made;
  }

  function http(part: string, call: Extract<Call, { kind: "http" }>): HttpReply {
    const listener = listeners.get(endpointKey(call));
    if (listener === undefined || listener.closed?.() === true)
      return { kind: "failed", why: "refused", tookMs: HOP_MS };
    const trouble = troubleBetween(
      company,
      part,
      listener.part,
      Math.min(call.connectMs, call.timeoutMs),
      call.timeoutMs,
    );
    if (trouble !== undefined) return trouble;
    const certificate = listener.certificate?.();
    const unheard = handshake(call, certificate, company.clock());
    if (unheard !== undefined) return unheard;
    const answer = runNow(listener.app(call.request), from(listener.part));
    if (answer.afterMs + HOP_MS > call.timeoutMs)
      return { kind: "failed", why: "answer-timeout", tookMs: call.timeoutMs };
    const shown = certificate === undefined ? {} : { certificate };
    return { kind: "answered", answer, ...shown, tookMs: answer.afterMs + HOP_MS };
  }

  function dns(part: string, call: Extract<Call, { kind: "dns" }>): DnsReply {
    const resolving = resolvers.get(endpointKey(call));
    if (resolving !== undefined) return resolved(part, call, resolving);
    const server = nameServers.get(endpointKey(call));
    if (server === undefined) return { kind: "failed", why: "refused", tookMs: HOP_MS };
    const trouble = troubleBetween(company, part, server.part, call.timeoutMs, call.timeoutMs);
    if (trouble !== undefined) return trouble;
    const zone = server.zone();
    return {
      kind: "resolved",
      ...authoritativeAnswer(zone.estate, zone.records, call.name, "A"),
      tookMs: HOP_MS,
    };
  }

  function resolved(
    part: string,
    call: Extract<Call, { kind: "dns" }>,
    { part: target, resolver }: DnsListener,
  ): DnsReply {
    const trouble = troubleBetween(company, part, target, call.timeoutMs, call.timeoutMs);
    if (trouble !== undefined) return trouble;
    const { tookMs, ...answer } = runNow(resolver.resolve(call.name, RESOLVER_PATIENCE_MS), from(target));
    if (tookMs + HOP_MS > call.timeoutMs)
      return { kind: "failed", why: "answer-timeout", tookMs: call.timeoutMs };
    return { kind: "resolved", ...answer, tookMs: tookMs + HOP_MS };
  }

  return {
    listen: (endpoint, listener) => void listeners.set(endpointKey(endpoint), listener),
    listenDns: (endpoint, listener) => void resolvers.set(endpointKey(endpoint), listener),
    from,
    http,
  };
}

/** TLS to whoever speaks none, or none to whoever does, ends at once; a certificate is judged as a browser does. */
function handshake(
  { tls, request }: Extract<Call, { kind: "http" }>,
  certificate: CertificateFacts | undefined,
  nowMs: number,
): Failure | undefined {
  if ((tls === undefined) !== (certificate === undefined))
    return { kind: "failed", why: "reset", tookMs: HOP_MS };
  if (tls !== "checked" || certificate === undefined) return undefined;
  const bad = certificateFault(certificate, hostNameIn(request), new Date(nowMs).toISOString()) !== undefined;
  return bad ? { kind: "failed", why: "certificate", tookMs: HOP_MS } : undefined;
}

/** Who answers for names at an address, and from which zone. */
type NameServer = { part: string; zone(): { estate: Estate; records: TrueRecord[] } };

function nameServersOf({ estate, records }: Company): Map<string, NameServer> {
  const own: NameServer = { part: "dns", zone: () => ({ estate, records: records.all() }) };
  const servers = new Map(authoritativeOf(estate).map((one) => [endpointKey(one), own]));
  const other = breakGlassZone(estate);
  if (other === undefined) return servers;
  for (const one of estate.service.breakGlass?.servers ?? [])
    servers.set(endpointKey(one), { part: BREAK_GLASS_DNS, zone: () => other });
  return servers;
}

function troubleBetween(
  company: Company,
  from: string,
  to: string,
  connectMs: number,
  timeoutMs: number,
): Failure | undefined {
  const [asker, target] = [company.breakage.condition(from), company.breakage.condition(to)];
  const unreachable = asker.net === "dropped" || asker.blindTo.includes(to) || target.net === "dropped";
  if (unreachable) return { kind: "failed", why: "connect-timeout", tookMs: connectMs };
  if (target.net === "refused" || target.rejects.includes(from))
    return { kind: "failed", why: "refused", tookMs: HOP_MS };
  return target.net === "hung" ? { kind: "failed", why: "answer-timeout", tookMs: timeoutMs } : undefined;
}
