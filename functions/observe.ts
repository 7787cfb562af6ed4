import { app, type HttpRequest, type HttpResponseInit } from "@azure/functions";
import { SIGNATURE_HEADER, signatureProblem } from "../adapters/prober/question-signature";
import { observeLimits, parseQuestion } from "../shared/observe/question";
import type { ObserveResponse } from "../shared/probe";
import { answering } from "./edge/answering";
import { limited } from "./edge/question-limits";
import { json, problem } from "./edge/respond";
import { vantageName } from "./edge/role";
import { failed } from "./edge/throttle";
import { vantage } from "./edge/vantage";

/** One deployment looks for another. Only a vantage has this route; what it may look at is in its own configuration. */
if (vantageName() !== undefined) {
  app.http("observe", {
    methods: ["POST"],
    route: "api/observe",
    authLevel: "anonymous",
    handler: answering("anybody", async (request, context) => {
      const here = await vantage();
      const body = await bodyOf(request);
      if (typeof body !== "string") return body;
      // Before anything in the body is read: a stranger learns nothing from it, and costs one hash.
      const doubt = signatureProblem(
        request.headers.get(SIGNATURE_HEADER),
        body,
        here.secret(),
        here.clock.now(),
      );
      if (doubt !== undefined) {
        const hint = "Compare the secrets at both ends, and the clocks: 300 s are allowed.";
        const answer = problem(401, { ...doubt, where: `header ${SIGNATURE_HEADER}`, hint });
        return failed(here, "unsigned-question", answer, (line) => context.warn(line));
      }
      const question = parseQuestion(body);
      if ("says" in question) return badQuestion(400, question.says);
      const looked = await limited(here, () => here.probe(question, here.allowed));
      if ("waitS" in looked) return tooMany(looked.waitS);
      for (const result of looked.done)
        if (result.kind === "refused")
          context.warn(`Refused to look: ${result.id.slice(0, 80)} ${result.reason}.`);
      return json(200, { vantage: here.name, results: looked.done } satisfies ObserveResponse);
    }),
  });
}

/** The body as text, or the answer that refuses it. What is not UTF-8 has no right signature any more. */
async function bodyOf(request: HttpRequest): Promise<string | HttpResponseInit> {
  const length = request.headers.get("content-length");
  // A chunked body arrives empty here (F-53).
  if (length === null) return badQuestion(411, "Send Content-Length; a chunked body can't be read here.");
  const tooLong = `Send ${observeLimits.bytes} bytes at most.`;
  if (Number(length) > observeLimits.bytes) return badQuestion(413, tooLong);
  if (request.headers.get("content-encoding") !== null)
    return badQuestion(415, "Send the body as it is, without Content-Encoding.");
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > observeLimits.bytes ? badQuestion(413, tooLong) : new TextDecoder().decode(bytes);
}

function badQuestion(status: 400 | 411 | 413 | 415, says: string): HttpResponseInit {
  const hint = "shared/probe.ts has its form; are both ends of one version?";
  return problem(status, { code: "BAD_QUESTION", says, where: "body", hint });
}

function tooMany(waitS: number): HttpResponseInit {
  const says = "This vantage is asked more often than it looks.";
  const hint = `Ask again in ${waitS} s. If nobody asks that much, change the secret: somebody may have it.`;
  const answer = problem(429, { code: "TOO_MANY_QUESTIONS", says, where: "path", hint });
  return { ...answer, headers: { "Retry-After": String(waitS) } };
}
