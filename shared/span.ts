import { z } from "zod";

/** A time as people write it, such as `30s` or `2h`; milliseconds from then on. */
export const span = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'write a span such as "500ms", "30s", "5m", "1h" or "7d"')
  .transform(milliseconds);

export function milliseconds(text: string): number {
  const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const [, count = "", of = ""] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  if (!Object.hasOwn(unit, of)) throw new Error(`"${text}" is not a span; write "30s", "5m", "1h" …`);
  return Number(count) * unit[of as keyof typeof unit];
}
