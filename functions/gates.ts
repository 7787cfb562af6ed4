import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { vote } from "../activities/vote";
import { readIncident } from "../shared/ledger/incidents";
import { readItem } from "../shared/ledger/items";
import { fieldsOf } from "./edge/body";
import { durableEngine } from "./edge/engine";
import { gateAnswer } from "./edge/gate-answer";
import { answering, problem, seeOther } from "./edge/respond";
import { world } from "./edge/world";

const client = df.input.durableClient();

/** The page behind a link. Reading it, a thousand times or by a scanner, changes nothing. */
app.http("gates", {
  methods: ["GET", "HEAD"],
  route: "gates/{token}",
  authLevel: "anonymous",
  handler: answering(async (request) => gateAnswer(await world(), request.params["token"] ?? "", 200)),
});

app.http("gatesApprove", {
  methods: ["POST"],
  route: "gates/{token}/approve",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering((request, context) => decide("approve", request, context)),
});

app.http("gatesReject", {
  methods: ["POST"],
  route: "gates/{token}/reject",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering((request, context) => decide("reject", request, context)),
});

async function decide(
  kind: "approve" | "reject",
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const here = await world();
  const token = request.params["token"] ?? "";
  const body = await fieldsOf(request);
  if (!("fields" in body)) {
    return problem(body.status, {
      code: "BAD_FORM",
      says: body.says,
      where: "body",
      hint: "Use the page behind the link.",
    });
  }
  const { code = "", reason = "", form = "", plan = "" } = body.fields;
  const voted = await vote({ token, vote: kind, code, reason, form, plan }, here);
  if (voted.kind === "unknown-link") return gateAnswer(here, token, 404);
  if (voted.kind === "problem")
    return gateAnswer(here, token, voted.status, { field: voted.field, says: voted.says });
  if (voted.cast.kind === "counted") {
    const { incident } = voted.link;
    const waiting = [
      (await readIncident(here.ledger, incident))?.instance,
      (await readItem(here.ledger, incident))?.instance,
    ];
    const engine = durableEngine(df.getClient(context), here);
    for (const instance of waiting) if (instance !== undefined) await engine.ring(instance);
  }
  return seeOther(`/gates/${token}`);
}
