import type { Estate } from "../../shared/estate";
import { allowList, type AllowList } from "../../shared/observe/allow-list";
import { parseQuestion, type ObserveQuestion } from "../../shared/observe/question";
import { signatureFault, SIGNATURE_HEADER } from "../signature";
import { jsonAnswer, type WireAnswer, type WireRequest } from "../wire";

/** What one vantage in memory was set up with. It looks at nothing but what its configuration names (S-12). */
export type VantageSetup = { name: string; secret: string; allowed: AllowList };

export function vantageSetup(estate: Estate, name: string, secret: string): VantageSetup {
  return { name, secret, allowed: allowList(estate) };
}

/** The question, when it is one and is signed with this vantage's secret. */
export function admitted(
  setup: VantageSetup,
  request: WireRequest,
  nowMs: number,
): ObserveQuestion | WireAnswer {
  if (request.url.split("?")[0] !== "/api/observe" || request.method !== "POST")
    return jsonAnswer(404, { error: "POST /api/observe is all there is." });
  const untrusted = signatureFault(request.headers[SIGNATURE_HEADER], request.body, setup.secret, nowMs);
  if (untrusted !== undefined) return jsonAnswer(401, { error: untrusted });
  const question = parseQuestion(request.body);
  return "says" in question ? jsonAnswer(400, { error: question.says }) : question;
}

export function isQuestion(value: ObserveQuestion | WireAnswer): value is ObserveQuestion {
  return "probes" in value;
}
