import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { problem } from "./respond";

export const MOST_BYTES = 64 * 1024;
const MOST_FIELDS = 64;

type BodyProblem = { status: 400 | 411 | 413 | 415; says: string };

/**
 * The fields of a small form or JSON object, all as text; a problem's status and sentence otherwise. A field
 * that comes twice is refused: two readers of one body must not see two values.
 */
async function fieldsOf(request: HttpRequest): Promise<{ fields: Record<string, string> } | BodyProblem> {
  const length = request.headers.get("content-length");
  // A chunked body arrives empty here (F-53); it must never be taken for an empty form.
  if (length === null)
    return { status: 411, says: "Send Content-Length; a chunked body can't be read here." };
  if (Number(length) > MOST_BYTES) return tooLarge();
  if (request.headers.get("content-encoding") !== null)
    return { status: 415, says: "Send the body as it is, without Content-Encoding." };
  const bytes = await request.arrayBuffer();
  // The header is only what the sender says.
  if (bytes.byteLength > MOST_BYTES) return tooLarge();
  const text = new TextDecoder().decode(bytes);
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded") return once([...new URLSearchParams(text)]);
  if (type === "application/json") return ofJson(text);
  return {
    status: 415,
    says: "Send a form (application/x-www-form-urlencoded) or JSON (application/json).",
  };
}

function ofJson(text: string): { fields: Record<string, string> } | BodyProblem {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      return { status: 400, says: "The JSON body must be an object." };
    return once(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return { status: 400, says: "The body is not JSON." };
  }
}

function once(entries: [string, string][]): { fields: Record<string, string> } | BodyProblem {
  if (entries.length > MOST_FIELDS) return { status: 400, says: `Send ${MOST_FIELDS} fields at most.` };
  const fields = new Map(entries);
  if (fields.size < entries.length) return { status: 400, says: "A field is there twice; send each once." };
  return { fields: Object.fromEntries(fields) };
}

function tooLarge(): BodyProblem {
  return { status: 413, says: `Send ${MOST_BYTES} bytes at most.` };
}

/** The fields of a request that must have some, or the answer that refuses it. `hint` says what to send. */
export async function formOf(
  request: HttpRequest,
  hint: string,
): Promise<{ fields: Record<string, string> } | { refused: HttpResponseInit }> {
  const body = await fieldsOf(request);
  if ("fields" in body) return body;
  return { refused: problem(body.status, { code: "BAD_FORM", says: body.says, where: "body", hint }) };
}

/** Fields that must say something, cut to what a record holds; or the answer that refuses the first that is missing. */
export function required<N extends string>(
  fields: Record<string, string>,
  names: readonly N[],
  hint: string,
): { given: Record<N, string> } | { refused: HttpResponseInit } {
  const values = names.map((name) => [name, (fields[name] ?? "").trim().slice(0, 300)] as const);
  const [missing] = values.find(([, value]) => value === "") ?? [];
  if (missing === undefined) return { given: Object.fromEntries(values) as Record<N, string> };
  const says = `"${missing}" is missing.`;
  return { refused: problem(400, { code: "MISSING", says, where: missing, hint }) };
}
