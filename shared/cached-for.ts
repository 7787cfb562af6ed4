import type { Change, RecordValue } from "./plan";
import type { StepTemplate } from "./recovery-plan";

/** What Cloudflare gives out for a proxied name, and for the TTL 1, which means automatic. */
const AUTOMATIC_TTL_S = 300;

/**
 * For how many milliseconds after the change customers' resolvers may still give what was there before. While a
 * record stays proxied its address to the world stays the edge's, so the change takes effect there at once.
 */
export function cachedFor(change: Change): number {
  if (change.do !== "pointRecord") return 0;
  const { old, new: value } = change;
  const published = ({ proxied, content }: RecordValue) => (proxied ? "the edge" : content);
  if (published(old) === published(value)) return 0;
  return (old.proxied || old.ttl === 1 ? AUTOMATIC_TTL_S : old.ttl) * 1_000;
}

/** Whether a step may change what resolvers remember. */
export function movesRecords({ do: kind }: StepTemplate): boolean {
  return kind === "pointRecord" || kind === "restoreRecords";
}
