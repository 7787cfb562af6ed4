import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { classify } from "../activities/classify";
import { vote } from "../activities/vote";
import { readIncident } from "../shared/ledger/incidents";
import { readItem } from "../shared/ledger/items";
import { answering } from "./edge/answering";
import { formOf } from "./edge/body";
import { durableEngine } from "./edge/engine";
import { gateAnswer } from "./edge/gate-answer";
import { seeOther } from "./edge/respond";
import { app } from "./edge/role";
import { signedIn, signInProof } from "./edge/sign-in";
import { closedFor, countGuess, failed } from "./edge/throttle";
import { world } from "./edge/world";
import type { World } from "../shared/world";

const client = df.input.durableClient();

/** The page behind a link. Reading it, a thousand times or by a scanner, changes nothing. */
app.http("gates", {
  methods: ["GET", "HEAD"],
  route: "gates/{token}",
  authLevel: "anonymous",
  handler: answering("anybody", async (request, context) => {
    const here = await world();
    const who = await signedIn(request, here);
    return limited(here, await gateAnswer(here, request.params["token"] ?? "", 200, undefined, who), context);
  }),
});

app.http("gatesApprove", {
  methods: ["POST"],
  route: "gates/{token}/approve",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering("anybody", (request, context) => decide("approve", request, context)),
});

app.http("gatesReject", {
  methods: ["POST"],
  route: "gates/{token}/reject",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering("anybody", (request, context) => decide("reject", request, context)),
});

/** The answer to "what is it?", from the page with the candidates. */
app.http("gatesClassify", {
  methods: ["POST"],
  route: "gates/{token}/classify",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering("anybody", async (request, context) => {
    const here = await world();
    const token = request.params["token"] ?? "";
    const body = await formOf(request, "Use the page behind the link.");
    if ("refused" in body) return body.refused;
    const { candidate = "", reason = "", code = "", recovery = "", form = "" } = body.fields;
    const closed = closedFor(here);
    if (closed !== undefined) return limited(here, await gateAnswer(here, token, 429, closed), context);
    const answered = await classify(
      { token, candidate, reason, code, recovery, form, ...(await signInProof(request, here)) },
      here,
    );
    if (answered.kind === "unknown-link") return limited(here, await gateAnswer(here, token, 404), context);
    if (answered.kind === "problem") {
      if (answered.field === "code") countGuess(here, answered.status, body.fields);
      return gateAnswer(here, token, answered.status, { field: answered.field, says: answered.says });
    }
    await ringAll(answered.link.incident, here, context);
    return seeOther(`/gates/${token}`);
  }),
});

async function decide(
  kind: "approve" | "reject",
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const here = await world();
  const token = request.params["token"] ?? "";
  const body = await formOf(request, "Use the page behind the link.");
  if ("refused" in body) return body.refused;
  const { code = "", recovery = "", reason = "", form = "", plan = "" } = body.fields;
  const guess = kind === "approve" && code + recovery !== "";
  const closed = guess ? closedFor(here) : undefined;
  if (closed !== undefined) return limited(here, await gateAnswer(here, token, 429, closed), context);
  const signIn = kind === "approve" ? await signInProof(request, here) : {};
  const voted = await vote({ token, vote: kind, code, recovery, reason, form, plan, ...signIn }, here);
  if (voted.kind === "unknown-link") return limited(here, await gateAnswer(here, token, 404), context);
  if (voted.kind === "problem") {
    if (guess) countGuess(here, voted.status, body.fields);
    return gateAnswer(here, token, voted.status, { field: voted.field, says: voted.says });
  }
  if (voted.cast.kind === "counted") await ringAll(voted.link.incident, here, context);
  return seeOther(`/gates/${token}`);
}

/** Links that lead nowhere are limited; one that leads somewhere is always answered (S-17). */
function limited(here: World, answer: HttpResponseInit, context: InvocationContext): HttpResponseInit {
  if (answer.status !== 404) return answer;
  return failed(here, "unknown-link", answer, (line) => context.warn(line));
}

/** Wakes whoever may be waiting for the incident: its recovery, or the owner of what it left open. */
async function ringAll(incident: string, here: World, context: InvocationContext): Promise<void> {
  const waiting = [
    (await readIncident(here.ledger, incident))?.instance,
    (await readItem(here.ledger, incident))?.instance,
  ];
  const engine = durableEngine(df.getClient(context), here);
  for (const instance of waiting) if (instance !== undefined) await engine.ring(instance);
}
