/**
 * Something an operator must act on. The message begins with the code, because an error crosses the
 * durable boundary as text only (host-protocol §4.6) and the code must survive that.
 */
export class RecoveryError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, says: string, hint: string) {
    super(`${code}: ${says} ${hint}`);
    this.name = "RecoveryError";
    this.code = code;
    this.hint = hint;
  }
}

/** What an activity declines to do, as a value: refusals are expected, throws are the unknown (design §8). */
export type Refusal = { refused: string; says: string; hint: string };

export function refuse(code: string, says: string, hint: string): Refusal {
  return { refused: code, says, hint };
}

export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === "object" && value !== null && "refused" in value && typeof value.refused === "string"
  );
}

/** The text of anything thrown, cut to `limit` characters: long errors wedge a durable history (F-24). */
export function textOf(thrown: unknown, limit = 300): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
