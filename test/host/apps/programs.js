// An orchestrator that carries out a program given as its input, for random programs. Plain JavaScript.
const { app } = require("@azure/functions");
const df = require("durable-functions");

/** How often each activity ran, by the key of its step. */
const runs = new Map();

function ran(key) {
  runs.set(key, (runs.get(key) ?? 0) + 1);
}

const later = (ctx, seconds) => new Date(ctx.df.currentUtcDateTime.getTime() + seconds * 1000);
const key = (ctx, at) => `${ctx.df.instanceId}/${at}`;

const steps = {
  *activity(ctx, step, at) {
    return yield ctx.df.callActivity("double", { key: key(ctx, at), n: step.n });
  },
  *fanOut(ctx, step, at) {
    const tasks = step.ns.map((n, index) =>
      ctx.df.callActivity("double", { key: `${key(ctx, at)}-${index}`, n }),
    );
    return yield ctx.df.Task.all(tasks);
  },
  *timer(ctx, step) {
    yield ctx.df.createTimer(later(ctx, step.seconds));
    return "waited";
  },
  /** Says in its status which event is to win; without one the timer wins. */
  *race(ctx, step, at) {
    const name = `race${at}`;
    ctx.df.setCustomStatus({ raise: step.won ? name : null });
    const event = ctx.df.waitForExternalEvent(name);
    const timer = ctx.df.createTimer(later(ctx, step.seconds));
    const winner = yield ctx.df.Task.any([event, timer]);
    ctx.df.setCustomStatus({ raise: null });
    if (winner === event) {
      timer.cancel();
      return { event: event.result };
    }
    return "timer";
  },
  *child(ctx, step, at) {
    const id = `${ctx.df.instanceId}-${at}`;
    try {
      return yield ctx.df.callSubOrchestrator("program", { steps: step.steps, throws: step.throws }, id);
    } catch (error) {
      return { caught: /step failed on purpose/.test(error.message) };
    }
  },
  *failure(ctx, step, at) {
    try {
      return yield ctx.df.callActivity("fail", key(ctx, at));
    } catch (error) {
      return { caught: /activity failed on purpose/.test(error.message) };
    }
  },
  *retry(ctx, step, at) {
    const options = new df.RetryOptions(1000, step.attempts);
    try {
      return yield ctx.df.callActivityWithRetry("fail", options, key(ctx, at));
    } catch (error) {
      return { attemptsFailed: /activity failed on purpose/.test(error.message) };
    }
  },
  *early(ctx, step) {
    return yield ctx.df.waitForExternalEvent(step.name);
  },
};

function register() {
  df.app.activity("double", {
    handler(input) {
      ran(input.key);
      return input.n * 2;
    },
  });
  df.app.activity("fail", {
    handler(name) {
      ran(name);
      throw new Error("activity failed on purpose");
    },
  });
  df.app.orchestration("program", function* (ctx) {
    const program = ctx.df.getInput();
    const results = [];
    for (const [at, step] of program.steps.entries()) {
      results.push(yield* steps[step.kind](ctx, step, at));
    }
    if (program.throws) {
      throw new Error("step failed on purpose");
    }
    return results;
  });
  const client = { extraInputs: [df.input.durableClient()], methods: ["POST"] };
  app.http("start", {
    ...client,
    route: "start/{name}/{id}",
    async handler(request, ctx) {
      const { name, id } = request.params;
      const input = await request.json();
      return { jsonBody: await df.getClient(ctx).startNew(name, { instanceId: id, input }) };
    },
  });
  app.http("raise", {
    ...client,
    route: "raise/{id}/{name}",
    async handler(request, ctx) {
      const { name, id } = request.params;
      await df.getClient(ctx).raiseEvent(id, name, `data of ${name}`);
      return { status: 202 };
    },
  });
}

module.exports = { register, runs };
