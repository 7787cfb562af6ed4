/**
 * Why a request failed: `fetch` says "fetch failed", and the reason is one or more causes below it. The
 * shape is looked at, not the class: errors of Node's own cross realms (workers, test environments).
 */
export function rootCause(thrown: unknown): { code: string; message: string } {
  let deepest = thrown;
  for (let depth = 0; depth < 5 && causeOf(deepest) !== undefined; depth++) deepest = causeOf(deepest);
  if (typeof deepest !== "object" || deepest === null) return { code: "", message: String(deepest) };
  const code = "code" in deepest && typeof deepest.code === "string" ? deepest.code : "";
  const message = "message" in deepest && typeof deepest.message === "string" ? deepest.message : "";
  // Several addresses tried at once fail with an error that has a code and no message.
  return { code, message: message || code || "for no stated reason" };
}

function causeOf(thrown: unknown): object | undefined {
  if (typeof thrown !== "object" || thrown === null || !("cause" in thrown)) return undefined;
  return typeof thrown.cause === "object" && thrown.cause !== null ? thrown.cause : undefined;
}
