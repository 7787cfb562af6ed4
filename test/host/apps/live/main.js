// An app that writes down what it does, for tests that kill its host. NOTES names the file.
const { app } = require("@azure/functions");
const df = require("durable-functions");
const { appendFileSync } = require("node:fs");

const note = (line) => appendFileSync(process.env.NOTES, `${line}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

df.app.activity("step", {
  async handler({ id, step, milliseconds }) {
    note(`begin ${id} ${step}`);
    await pause(milliseconds);
    note(`end ${id} ${step}`);
    return step;
  },
});

df.app.orchestration("steps", function* (ctx) {
  const { milliseconds = 5 } = ctx.df.getInput() ?? {};
  const done = [];
  for (let step = 1; step <= 5; step += 1) {
    done.push(yield ctx.df.callActivity("step", { id: ctx.df.instanceId, step, milliseconds }));
  }
  yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 100));
  return done;
});

df.app.orchestration("once", function* (ctx) {
  const { milliseconds } = ctx.df.getInput();
  return yield ctx.df.callActivity("step", { id: ctx.df.instanceId, step: 1, milliseconds });
});

app.http("start", {
  route: "start/{name}/{id}",
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  async handler(request, ctx) {
    const { name, id } = request.params;
    const input = JSON.parse((await request.text()) || "{}");
    return df
      .getClient(ctx)
      .createCheckStatusResponse(request, await df.getClient(ctx).startNew(name, { instanceId: id, input }));
  },
});

app.http("settings", {
  methods: ["GET"],
  handler: () => ({
    jsonBody: {
      fromFile: process.env.FROM_FILE,
      pathKept: process.env.PATH !== "not taken",
      runtime: process.env.FUNCTIONS_WORKER_RUNTIME,
      hostname: process.env.WEBSITE_HOSTNAME,
    },
  }),
});

app.timer("rare", { schedule: "%TICK%", handler: () => {} });

app.hook.appTerminate(() => note("terminated"));
