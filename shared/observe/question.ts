import { z } from "zod";
import type { Asked } from "./allow-list";

/** What one question may ask. An estate of a hundred servers needs 210 probes. */
export const observeLimits = { bytes: 128 * 1_024, probes: 400, probeMs: 5_000 } as const;

/** `timeoutMs` is for each probe; they run side by side. */
export type ObserveQuestion = { probes: Asked[]; timeoutMs: number };

/** Inside a probe nothing is read: it is compared as a whole with what the vantage itself would ask (allow-list.ts). */
const schema = z.strictObject({
  probes: z
    .array(z.looseObject({ id: z.string().min(1).max(200) }))
    .min(1)
    .max(observeLimits.probes)
    .refine((probes) => new Set(probes.map((one) => one.id)).size === probes.length, "each id once"),
  timeoutMs: z.int().min(1).max(observeLimits.probeMs),
});

/** The question that a body is, or what is wrong with it in one line. */
export function parseQuestion(body: string): ObserveQuestion | { says: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { says: "The body is not JSON." };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") ?? "";
  return { says: `${where === "" ? "The question" : where}: ${issue?.message ?? "is not one"}.` };
}
