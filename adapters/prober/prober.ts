import type { AllowList, Asked } from "../../shared/observe/allow-list";
import type { ObserveQuestion } from "../../shared/observe/question";
import type { Probe, ProbeResult } from "../../shared/probe";
import { plainText } from "../plain-text";
import { askHttp, type HttpReply } from "./ask-http";
import { resolveName } from "./resolve";

/** Of a server's own name, which comes from outside. */
const NAME_LENGTH = 63;

/** A result without the id of its probe. */
type Seen = ProbeResult extends infer R ? (R extends { id: string } ? Omit<R, "id"> : never) : never;

/**
 * Looks at everything that was asked for and is allowed, side by side, and says of the rest why not. Takes no longer
 * than the question's `timeoutMs`. What is asked for twice is looked at once, so that no question can multiply.
 */
export async function probeAll(
  { probes, timeoutMs }: ObserveQuestion,
  allowed: AllowList,
): Promise<ProbeResult[]> {
  const looks = new Map<string, Promise<Seen>>();
  return await Promise.all(
    probes.map(async (asked) => ({ id: asked.id, ...(await seenOf(asked, timeoutMs, allowed, looks)) })),
  );
}

async function seenOf(
  asked: Asked,
  timeoutMs: number,
  allowed: AllowList,
  looks: Map<string, Promise<Seen>>,
): Promise<Seen> {
  const admitted = allowed.admit(asked);
  if ("refusal" in admitted) return { kind: "refused", reason: admitted.refusal, tookMs: 0 };
  const key = JSON.stringify(admitted.probe);
  const known = looks.get(key) ?? lookAt(admitted.probe, timeoutMs, allowed);
  looks.set(key, known);
  return await known;
}

/** One probe from here: what was seen, or why nothing was. */
async function lookAt(probe: Probe, timeoutMs: number, allowed: AllowList): Promise<Seen> {
  const began = performance.now();
  const tookMs = () => Math.round(performance.now() - began);
  // A direct probe asks whether the part answers, whatever its certificate is; a customer's browser is stricter.
  if (probe.kind === "direct") {
    const tls = probe.tls === true ? "unchecked" : "none";
    return seenIn(await askHttp({ ...probe, tls }, timeoutMs), tookMs());
  }
  const found = await resolveName(probe.dns, probe.hostname, timeoutMs);
  if (found.kind === "failed") return { ...found, tookMs: tookMs() };
  if (probe.kind === "dns")
    return { kind: "resolved", addresses: found.addresses, ttl: found.ttl, tookMs: tookMs() };
  const [address = ""] = found.addresses;
  // For a customer such an answer is as bad as none: it is what a hijacked or mistyped record looks like.
  const astray = allowed.astray(probe.hostname, address);
  if (astray !== undefined) return { kind: "failed", reason: astray, tookMs: tookMs() };
  const tls = probe.tls === true ? "checked" : "none";
  const left = Math.max(1, timeoutMs - tookMs());
  return seenIn(await askHttp({ ...probe, address, tls }, left), tookMs());
}

function seenIn(reply: HttpReply, tookMs: number): Seen {
  if (reply.kind === "failed") return { ...reply, tookMs };
  const by = answeredBy(reply.body);
  return {
    kind: "answered",
    status: reply.status,
    ...(by === undefined ? {} : { by }),
    ...(reply.certificate === undefined ? {} : { certificate: reply.certificate }),
    tookMs,
  };
}

/** The server's name, where an answer has it as `by`. */
function answeredBy(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || !("by" in value)) return undefined;
    return typeof value.by === "string" ? plainText(value.by, NAME_LENGTH) : undefined;
  } catch {
    return undefined;
  }
}
