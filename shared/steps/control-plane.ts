import { breakGlassSays } from "../conclude/break-glass";
import { refuse, textOf, type Refusal } from "../errors";
import type { DnsRecord } from "../world";
import type { Resolving } from "./resolving";

/**
 * The service's records, or the refusal of every step that needs CloudFlare's API while it does not answer: such
 * a step would be approved by people and then fail in the middle of their plan.
 */
export async function recordsNow(context: Pick<Resolving, "seen" | "world">): Promise<DnsRecord[] | Refusal> {
  return await throughApi(context, () => context.world.records.read(context.world.estate.service.hostname));
}

/** What CloudFlare's API answers to `ask`, or the refusal of a step that needs it. */
export async function throughApi<T>(
  { seen, world }: Pick<Resolving, "seen" | "world">,
  ask: () => Promise<T>,
): Promise<T | Refusal> {
  const glass = breakGlassSays(seen, world.estate);
  if (seen.records === null) return silent(seen.recordsFailed?.says ?? "no answer", glass);
  try {
    return await ask();
  } catch (thrown) {
    return silent(textOf(thrown, 160), glass);
  }
}

function silent(why: string, hint: string): Refusal {
  return refuse(
    "CONTROL_PLANE_SILENT",
    `No step that goes through CloudFlare's API can be in a plan now: ${why}`,
    hint,
  );
}
