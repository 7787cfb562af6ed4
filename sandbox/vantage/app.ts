import type { ProbeResult } from "../../shared/probe";
import { jsonAnswer, type App } from "../wire";
import { lookAt } from "./look";
import { admitted, isQuestion, type VantageSetup } from "./question";

/** A vantage in memory. Its probes run side by side, so the answer takes as long as the slowest. */
export function vantageApp(setup: VantageSetup, clock: () => number): App {
  return function* answerRequest(request) {
    const question = admitted(setup, request, clock());
    if (!isQuestion(question)) return question;
    const results: ProbeResult[] = [];
    for (const asked of question.probes) {
      const { id } = asked;
      const admits = setup.allowed.admit(asked);
      if ("refusal" in admits) results.push({ id, kind: "refused", reason: admits.refusal, tookMs: 0 });
      else results.push({ ...(yield* lookAt(admits.probe, question.timeoutMs, setup.allowed)), id });
    }
    const slowest = Math.max(0, ...results.map((one) => one.tookMs));
    return { ...jsonAnswer(200, { vantage: setup.name, results }), afterMs: slowest };
  };
}
