import type { AllowList } from "../../shared/observe/allow-list";
import type { Probe, ProbeResult } from "../../shared/probe";
import { resolveName } from "../resolve";
import { askHttp, byTls, get, parsedBody, type Failure, type HttpReply, type Talk } from "../wire";

/** One probe from where the vantage stands: what it saw, or why it saw nothing. Nothing is cached. */
export function* lookAt(probe: Probe, timeoutMs: number, allowed: AllowList): Talk<ProbeResult> {
  if (probe.kind === "direct")
    return resultOf(probe.id, yield* ask(probe, probe.address, timeoutMs, "unchecked"), 0);
  const found = yield* resolveName(probe.dns, probe.hostname, timeoutMs);
  if (found.kind === "failed")
    return { id: probe.id, kind: "failed", reason: found.reason, tookMs: found.tookMs };
  if (probe.kind === "dns")
    return {
      id: probe.id,
      kind: "resolved",
      addresses: found.addresses,
      ttl: found.ttl,
      tookMs: found.tookMs,
    };
  const [address = ""] = found.addresses;
  const astray = allowed.astray(probe.hostname, address);
  if (astray !== undefined) return { id: probe.id, kind: "failed", reason: astray, tookMs: found.tookMs };
  const left = Math.max(1, timeoutMs - found.tookMs);
  return resultOf(probe.id, yield* ask(probe, address, left, "checked"), found.tookMs);
}

function ask(
  probe: { port: number; path: string; hostname: string; tls?: true },
  address: string,
  timeoutMs: number,
  how: "checked" | "unchecked",
): Talk<HttpReply> {
  const request = get(probe.path, probe.hostname);
  const tls = byTls(probe.tls === true, how);
  return askHttp({
    kind: "http",
    address,
    port: probe.port,
    request,
    ...tls,
    connectMs: timeoutMs,
    timeoutMs,
  });
}

function resultOf(id: string, reply: HttpReply, before: number): ProbeResult {
  const tookMs = before + reply.tookMs;
  if (reply.kind === "failed") return { id, kind: "failed", reason: reasonOf(reply), tookMs };
  const by = answeredBy(reply.answer.body);
  return {
    id,
    kind: "answered",
    status: reply.answer.status,
    ...(by === undefined ? {} : { by }),
    ...(reply.certificate === undefined ? {} : { certificate: reply.certificate }),
    tookMs,
  };
}

/** The server's name, which each API server puts into its answers as `by`. */
export function answeredBy(body: string): string | undefined {
  const value = parsedBody(body);
  return typeof value === "object" && value !== null && "by" in value && typeof value.by === "string"
    ? value.by
    : undefined;
}

function reasonOf(failure: Failure): string {
  if (failure.why === "refused") return "connection refused";
  if (failure.why === "reset") return "connection reset";
  if (failure.why === "certificate") return "TLS: the certificate is not taken";
  return failure.why === "connect-timeout"
    ? `no connection within ${failure.tookMs} ms`
    : `no answer within ${failure.tookMs} ms`;
}
