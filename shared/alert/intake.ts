import { parseNagiosAlert, type Alert } from "../alert";
import { cleanText } from "./clean-text";
import { parseForm } from "./form";
import { parseJson } from "./json";
import { limits } from "./limits";
import { isProblem, type AlertProblem } from "./problem";
import { verifySignature, type SignatureRules } from "./signature";

/** The parts of a POST that the answer depends on. `body`: the bytes as they arrived. */
export type IntakeRequest = {
  contentLength: string | null;
  contentType: string | null;
  headers: { get(name: string): string | null };
  body: Uint8Array;
};

/**
 * The answer to a POST. A refusal is final. An acceptance is only what this request deserves: the
 * caller answers it after the alert is in the ledger (202 new, 200 replayed, 409 the id is taken by
 * another body), because what was answered 2xx must never be lost.
 */
export type IntakeAnswer =
  | { status: 202; body: { accepted: string }; alert: Alert }
  | { status: AlertProblem["status"]; body: RefusalBody };

export type RefusalBody = {
  error: { code: string; says: string; where: string; value?: string; hint: string };
};

/** The checks in their order: cheap ones first, and no parsing of what nobody signed. */
export function intake(request: IntakeRequest, rules: SignatureRules): IntakeAnswer {
  const { headers, body } = request;
  const id = headers.get("webhook-id");
  const wrong =
    wrongLength(request) ??
    wrongEncoding(headers.get("content-encoding")) ??
    wrongType(request.contentType) ??
    verifySignature(
      { id, timestamp: headers.get("webhook-timestamp"), signatures: headers.get("webhook-signature"), body },
      rules,
    );
  if (wrong !== undefined) return refusal(wrong);
  const text = new TextDecoder().decode(body);
  const parsed = mediaType(request.contentType) === JSON_TYPE ? parseJson(text) : parseForm(text);
  if (isProblem(parsed)) return refusal(parsed);
  const alert = parseNagiosAlert(id ?? "", parsed.fields);
  if (isProblem(alert)) return refusal(alert);
  return { status: 202, body: { accepted: alert.id }, alert };
}

/** The answer's body for a problem; also for those that only the caller can see (409, 429). */
export function refusalBody(problem: Omit<AlertProblem, "status">): RefusalBody {
  const { code, says, where, value, hint } = problem;
  return { error: { code, says, where, ...(value === undefined ? {} : { value }), hint } };
}

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

function refusal(problem: AlertProblem): IntakeAnswer {
  return { status: problem.status, body: refusalBody(problem) };
}

/**
 * A chunked request reaches a function with an empty body (F-53). Without the length there is no
 * telling it from a request that had nothing to say, so the length is demanded and compared.
 */
function wrongLength({ contentLength, body }: IntakeRequest): AlertProblem | undefined {
  const where = "header content-length";
  if (contentLength === null || contentLength === "") {
    const hint = "Send the body in one piece; switch chunked transfer encoding off.";
    return {
      status: 411,
      code: "length-required",
      says: "The request does not say how long its body is.",
      where,
      hint,
    };
  }
  const value = cleanText(contentLength, limits.shownCharacters);
  if (!/^\d{1,15}$/.test(contentLength)) {
    const hint = "Send the number of bytes in the body.";
    return { status: 400, code: "content-length", says: "The length is not a number.", where, value, hint };
  }
  const size = Math.max(Number(contentLength), body.length);
  if (size > limits.bodyBytes) {
    const hint = `Send ${limits.bodyBytes} bytes at most; plugin output is cut at 500 characters anyway.`;
    return { status: 413, code: "body-too-large", says: `The body has ${size} bytes.`, where: "body", hint };
  }
  if (body.length === 0) {
    const hint = "Send the macros of the notification.";
    return { status: 400, code: "empty-body", says: "The body is empty.", where: "body", hint };
  }
  if (Number(contentLength) === body.length) return undefined;
  const says = `The header promises ${value} bytes, ${body.length} arrived.`;
  const hint = "The request was cut off or changed on its way; send it again.";
  return { status: 400, code: "content-length", says, where, value, hint };
}

/** A packed body could unfold to anything. */
function wrongEncoding(contentEncoding: string | null): AlertProblem | undefined {
  const value = cleanText(contentEncoding ?? "", limits.shownCharacters);
  if (value === "" || value.toLowerCase() === "identity") return undefined;
  const says = "Packed bodies are not read.";
  const hint = "Send the body as it is, without Content-Encoding.";
  return { status: 415, code: "content-encoding", says, where: "header content-encoding", value, hint };
}

function wrongType(contentType: string | null): AlertProblem | undefined {
  if (mediaType(contentType) !== undefined) return undefined;
  return {
    status: 415,
    code: "content-type",
    says: "This kind of body is not read.",
    where: "header content-type",
    value: cleanText(contentType ?? "", limits.shownCharacters),
    hint: `Send ${JSON_TYPE} or ${FORM_TYPE}, in UTF-8.`,
  };
}

function mediaType(contentType: string | null): string | undefined {
  const [, type] =
    /^\s*([a-z0-9.+/-]+)\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i.exec(contentType ?? "") ?? [];
  return [JSON_TYPE, FORM_TYPE].find((each) => each === type?.toLowerCase());
}
