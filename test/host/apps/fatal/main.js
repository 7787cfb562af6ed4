// An app that takes its process with it, once: an error in a timer's callback, which nobody can catch.
const { app } = require("@azure/functions");
const df = require("durable-functions");
const { existsSync, writeFileSync } = require("node:fs");

df.app.activity("fatal", {
  async handler() {
    if (!existsSync(process.env.NOTES)) {
      writeFileSync(process.env.NOTES, "died\n");
      setTimeout(() => {
        throw new Error("nobody catches this");
      }, 1);
      await new Promise(() => {});
    }
    return "survived";
  },
});

df.app.orchestration("once", function* (ctx) {
  return yield ctx.df.callActivity("fatal");
});

const client = { extraInputs: [df.input.durableClient()] };
app.http("start", {
  ...client,
  route: "start/{id}",
  methods: ["POST"],
  handler: async (request, ctx) => ({
    body: await df.getClient(ctx).startNew("once", { instanceId: request.params.id }),
  }),
});
app.http("status", {
  ...client,
  methods: ["GET"],
  handler: async (_request, ctx) => ({ body: (await df.getClient(ctx).getStatus("once")).runtimeStatus }),
});
