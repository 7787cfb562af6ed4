import type { Estate } from "./estate";
import type { Subject } from "./observation";
import type { ProbeResult } from "./probe";

/**
 * A good answer to customers counts only if a server of ours gave it, where the estate says that they name
 * themselves: a hijacked record leads to somebody who answers 200 as well. Whoever imitates the name is not told
 * from us here; the records at the provider's API, and what several resolvers say, are the other witnesses.
 */
export function ownAnswer(
  { service, servers }: Estate,
  of: Subject,
  result: ProbeResult | undefined,
): ProbeResult | undefined {
  if (service.answersNameServer !== true || of.kind !== "customers") return result;
  if (result?.kind !== "answered" || result.status < 200 || result.status > 299) return result;
  if (servers.some((one) => one.name === result.by)) return result;
  const whose = result.by === undefined ? "named no server" : `was by "${result.by.slice(0, 40)}"`;
  const { id, tookMs } = result;
  return { id, kind: "failed", reason: `answered ${result.status}, but it ${whose}: a stranger`, tookMs };
}
