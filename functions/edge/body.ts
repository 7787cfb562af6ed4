import type { HttpRequest } from "@azure/functions";

export const MOST_BYTES = 64 * 1024;

/** The fields of a small form or JSON object, all as text; a problem's status and sentence otherwise. */
export async function fieldsOf(
  request: HttpRequest,
): Promise<{ fields: Record<string, string> } | { status: 400 | 411 | 413 | 415; says: string }> {
  const length = request.headers.get("content-length");
  // A chunked body arrives empty here (F-53); it must never be taken for an empty form.
  if (length === null)
    return { status: 411, says: "Send Content-Length; a chunked body can't be read here." };
  if (Number(length) > MOST_BYTES) return { status: 413, says: `Send ${MOST_BYTES} bytes at most.` };
  const text = await request.text();
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded")
    return { fields: Object.fromEntries(new URLSearchParams(text)) };
  if (type !== "application/json")
    return {
      status: 415,
      says: "Send a form (application/x-www-form-urlencoded) or JSON (application/json).",
    };
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      return { status: 400, says: "The JSON body must be an object." };
    const entries = Object.entries(parsed).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return { fields: Object.fromEntries(entries) };
  } catch {
    return { status: 400, says: "The body is not JSON." };
  }
}
