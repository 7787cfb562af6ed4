import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { OrchestrationContext } from "durable-functions";
import { marks } from "../marks";

/** The workload of the benchmarks, as a function app of its own: seven activities, an event against a timer. */

/** Told to a driver in another process, when it listens: every step, or only the one that asks for approval. */
const reports = process.env["BENCH_REPORT"];

const halfAnHour = 30 * 60_000;

/** Some 520 bytes of JSON, as a diagnosis has. */
const evidence = Array.from({ length: 8 }, (_, at) => ({
  vantage: `outside-${at}`,
  seen: "502 Bad Gateway",
  after: 31 + at,
}));

function step(name: string, result: object): void {
  df.app.activity(name, {
    handler(input: { id: string }) {
      marks.emit(name, input.id);
      if (reports === "steps" || (reports === "notify" && name === "notify")) {
        process.send?.({ step: name, id: input.id });
      }
      return result;
    },
  });
}

step("diagnose", { finding: "api-server-down", confidence: 0.93, evidence });
step("tryFix", { outcome: "failed" });
step("notify", { told: ["on-call"] });
step("snapshot", { ok: true });
step("drain", { ok: true });
step("switchOver", { ok: true });
step("verify", { healthy: true });

df.app.orchestration("incident", function* (context: OrchestrationContext) {
  const { df: durable } = context;
  const input = { id: durable.instanceId };
  yield durable.callActivity("diagnose", input);
  const fix = (yield durable.callActivity("tryFix", input)) as { outcome: string };
  yield durable.callActivity("notify", input);
  const approval = durable.waitForExternalEvent("approval");
  const deadline = durable.createTimer(new Date(durable.currentUtcDateTime.getTime() + halfAnHour));
  const first: unknown = yield durable.Task.any([approval, deadline]);
  if (first !== approval) {
    return { state: "expired", fix: fix.outcome };
  }
  deadline.cancel();
  for (const name of ["snapshot", "drain", "switchOver"]) {
    yield durable.callActivity(name, input);
  }
  const { healthy } = (yield durable.callActivity("verify", input)) as { healthy: boolean };
  return { state: healthy ? "recovered" : "failed", fix: fix.outcome };
});

df.app.orchestration("chain", function* (context: OrchestrationContext) {
  const { length } = context.df.getInput<{ length: number }>();
  for (let at = 0; at < length; at += 1) {
    yield context.df.callActivity("snapshot", { id: context.df.instanceId });
  }
  return length;
});

app.http("start", {
  route: "start/{id}",
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  async handler(request, context) {
    await df.getClient(context).startNew("incident", { instanceId: request.params["id"] ?? "" });
    return { status: 202 };
  },
});

app.http("approve", {
  route: "approve/{id}",
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  async handler(request, context) {
    await df.getClient(context).raiseEvent(request.params["id"] ?? "", "approval", { by: "bench" });
    return { status: 202 };
  },
});
