import * as df from "durable-functions";
import { startByHand } from "../activities/start-by-hand";
import { planNamed, plans } from "../orchestrations/plans";
import { isRefusal } from "../shared/errors";
import { answering } from "./edge/answering";
import { formOf, required } from "./edge/body";
import { durableEngine } from "./edge/engine";
import { provenPerson } from "./edge/person";
import { json, problem } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

const HINT = "Send by, code, target and reason.";

app.http("plans", {
  methods: ["GET"],
  route: "api/plans",
  authLevel: "anonymous",
  handler: answering("operators", async () => json(200, { plans })),
});

/** A person starts a plan by hand ("the load can be switched manually"): the same guards, and other people's approval. */
app.http("plansRun", {
  methods: ["POST"],
  route: "api/plans/{plan}/runs",
  authLevel: "anonymous",
  extraInputs: [df.input.durableClient()],
  handler: answering("operators", async (request, context) => {
    const here = await world();
    const name = request.params["plan"] ?? "";
    const plan = planNamed(name);
    if (plan === undefined) {
      const hint = `Use one of: ${plans.map((one) => one.name).join(", ")}.`;
      return problem(404, {
        code: "NO_SUCH_PLAN",
        says: "There is no plan of this name.",
        where: "path",
        value: name.slice(0, 60),
        hint,
      });
    }
    const body = await formOf(request, HINT);
    if ("refused" in body) return body.refused;
    const read = required(body.fields, ["reason", "target"], HINT);
    if ("refused" in read) return read.refused;
    const { reason, target } = read.given;
    const person = await provenPerson(body.fields, here);
    if (!("name" in person)) return person;
    const engine = durableEngine(df.getClient(context), here);
    const started = await startByHand({ plan, target, by: person.name, reason }, here, engine);
    if (!isRefusal(started)) return json(202, started);
    const status = started.refused === "SYSTEM_BUSY" ? 409 : 400;
    return problem(status, { code: started.refused, says: started.says, where: "body", hint: started.hint });
  }),
});
