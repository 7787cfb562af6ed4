// An app of small workflows for the host's tests. Plain JavaScript, as an app on disk is.
const { app } = require("@azure/functions");
const df = require("durable-functions");

/** What the orchestrators were called with, turn by turn, as the library read it. */
const turns = [];

const later = (ctx, seconds) => new Date(ctx.df.currentUtcDateTime.getTime() + seconds * 1000);

/** How often each activity ran, by key: tests read it to see repeats. */
const runs = new Map();

function count(key) {
  runs.set(key, (runs.get(key) ?? 0) + 1);
  return runs.get(key);
}

function register() {
  app.hook.preInvocation(({ inputs, invocationContext }) => {
    if (invocationContext.options.trigger.type === "orchestrationTrigger") {
      turns.push(JSON.parse(JSON.stringify(inputs[0])));
    }
  });
  df.app.activity("sayHello", {
    handler(name) {
      count(`sayHello ${name}`);
      return `Hello, ${name}`;
    },
  });
  df.app.activity("inc", { handler: (n) => n + 1 });
  df.app.activity("echoType", { handler: (value) => ({ type: typeof value, value: value ?? null }) });
  df.app.activity("boom", {
    handler(what) {
      throw new TypeError(`boom: ${what}`);
    },
  });
  df.app.activity("boomString", {
    handler() {
      throw "a plain string";
    },
  });
  df.app.activity("undefAct", { handler: () => undefined });
  df.app.activity("flaky", {
    handler({ key, okAt }) {
      const attempt = count(`flaky ${key}`);
      if (attempt < okAt) {
        throw new Error(`flaky attempt ${attempt}`);
      }
      return `ok at ${attempt}`;
    },
  });

  df.app.orchestration("hello", function* (ctx) {
    const first = yield ctx.df.callActivity("sayHello", "Tokyo");
    const second = yield ctx.df.callActivity("sayHello", "Seattle");
    return [first, second];
  });
  df.app.orchestration("anyev", function* (ctx) {
    const { secs = 5 } = ctx.df.getInput() || {};
    const event = ctx.df.waitForExternalEvent("go");
    const timer = ctx.df.createTimer(later(ctx, secs));
    const winner = yield ctx.df.Task.any([event, timer]);
    if (winner === event) {
      timer.cancel();
      return { winner: "event", data: event.result };
    }
    return { winner: "timer" };
  });
  df.app.orchestration("anyThenWait", function* (ctx) {
    const event = ctx.df.waitForExternalEvent("go");
    const timer = ctx.df.createTimer(later(ctx, 60));
    yield ctx.df.Task.any([event, timer]);
    timer.cancel();
    const n = yield ctx.df.callActivity("inc", 1);
    const second = yield ctx.df.waitForExternalEvent("more");
    return { first: event.result, n, second };
  });
  df.app.orchestration("anyLeftOpen", function* (ctx) {
    const timer = ctx.df.createTimer(later(ctx, 60));
    yield ctx.df.Task.any([ctx.df.waitForExternalEvent("go"), timer]);
    return "returned";
  });
  df.app.orchestration("retry", function* (ctx) {
    const options = new df.RetryOptions(1000, 3);
    options.backoffCoefficient = 2;
    try {
      return yield ctx.df.callActivityWithRetry("flaky", options, ctx.df.getInput());
    } catch (error) {
      return { caught: error.message, name: error.name };
    }
  });
  df.app.orchestration("retryUncaught", function* (ctx) {
    return yield ctx.df.callActivityWithRetry("boom", new df.RetryOptions(500, 2), "x");
  });
  df.app.orchestration("retryFan", function* (ctx) {
    const options = new df.RetryOptions(1000, 3);
    const tasks = ["a", "b", "c"].map((key, at) =>
      ctx.df.callActivityWithRetry("flaky", options, { key: `${ctx.df.instanceId}-${key}`, okAt: at + 1 }),
    );
    const results = yield ctx.df.Task.all(tasks);
    const after = yield ctx.df.callActivity("inc", 1);
    return { results, after };
  });
  df.app.orchestration("twoev", function* (ctx) {
    const a = yield ctx.df.waitForExternalEvent("e1");
    const b = yield ctx.df.waitForExternalEvent("e2");
    return { a, b };
  });
  df.app.orchestration("sameev", function* (ctx) {
    const a = yield ctx.df.waitForExternalEvent("e");
    const b = yield ctx.df.waitForExternalEvent("e");
    return [a, b];
  });
  df.app.orchestration("lifo", function* (ctx) {
    const first = ctx.df.waitForExternalEvent("e");
    const second = ctx.df.waitForExternalEvent("e");
    return yield ctx.df.Task.all([first, second]);
  });
  df.app.orchestration("sleep", function* (ctx) {
    yield ctx.df.createTimer(later(ctx, ctx.df.getInput()));
    return "slept";
  });
  df.app.orchestration("longtimer", function* (ctx) {
    const { secs = 8 * 24 * 3600 } = ctx.df.getInput() || {};
    yield ctx.df.createTimer(later(ctx, secs));
    return yield ctx.df.callActivity("inc", 1);
  });
  df.app.orchestration("throwact", function* (ctx) {
    return yield ctx.df.callActivity("boom", "in");
  });
  df.app.orchestration("catchact", function* (ctx) {
    try {
      return yield ctx.df.callActivity(ctx.df.getInput() || "boom", "in");
    } catch (error) {
      return { caught: error.message, name: error.name };
    }
  });
  df.app.orchestration("noact", function* (ctx) {
    return yield ctx.df.callActivity("doesNotExist", 1);
  });
  df.app.orchestration("orchthrow", function* (ctx) {
    yield ctx.df.callActivity("sayHello", "x");
    throw new RangeError("orch went wrong");
  });
  df.app.orchestration("orchthrow0", function* () {
    throw new RangeError("orch went wrong at once");
  });
  df.app.orchestration("emptyError", function* () {
    throw new Error("");
  });
  df.app.orchestration("can", function* (ctx) {
    const n = ctx.df.getInput() || 0;
    const m = yield ctx.df.callActivity("inc", n);
    if (m < 3) {
      ctx.df.continueAsNew(m);
      return undefined;
    }
    return m;
  });
  df.app.orchestration("canev", function* (ctx) {
    const list = ctx.df.getInput() || [];
    list.push(yield ctx.df.waitForExternalEvent("add"));
    if (list.length < 3) {
      ctx.df.continueAsNew(list);
      return undefined;
    }
    return list;
  });
  df.app.orchestration("canText", function* (ctx) {
    const input = ctx.df.getInput();
    if (input === "") {
      ctx.df.continueAsNew("x");
      return undefined;
    }
    return { length: input.length };
  });
  df.app.orchestration("parent", function* (ctx) {
    const { child = "hello", input = null, childId } = ctx.df.getInput() || {};
    const result = yield ctx.df.callSubOrchestrator(child, input, childId);
    return { child: result };
  });
  df.app.orchestration("parentCatchId", function* (ctx) {
    try {
      return yield ctx.df.callSubOrchestrator(
        ctx.df.getInput() || "orchthrow",
        1,
        `${ctx.df.instanceId}-child`,
      );
    } catch (error) {
      return { caught: error.message };
    }
  });
  df.app.orchestration("parentCatch", function* (ctx) {
    try {
      return yield ctx.df.callSubOrchestrator("orchthrow", 1);
    } catch (error) {
      return { caught: error.message, name: error.name };
    }
  });
  df.app.orchestration("parentRetry", function* (ctx) {
    try {
      return yield ctx.df.callSubOrchestratorWithRetry("orchthrow", new df.RetryOptions(500, 2), 1);
    } catch (error) {
      return { caught: error.message, name: error.name };
    }
  });
  df.app.orchestration("fan", function* (ctx) {
    const tasks = [0, 1, 2].map((n) => ctx.df.callActivity("inc", n));
    return yield ctx.df.Task.all(tasks);
  });
  df.app.orchestration("fanfail", function* (ctx) {
    const tasks = [
      ctx.df.callActivity("inc", 1),
      ctx.df.callActivity("boom", "a"),
      ctx.df.callActivity("inc", 2),
    ];
    try {
      return yield ctx.df.Task.all(tasks);
    } catch (error) {
      return { caught: error.message };
    }
  });
  df.app.orchestration("custom", function* (ctx) {
    ctx.df.setCustomStatus({ step: 1 });
    yield ctx.df.callActivity("inc", 1);
    ctx.df.setCustomStatus("second");
    return yield ctx.df.waitForExternalEvent("go");
  });
  df.app.orchestration("bigStatus", function* (ctx) {
    ctx.df.setCustomStatus("x".repeat(9000));
    return yield ctx.df.waitForExternalEvent("go");
  });
  df.app.orchestration("undef", function* (ctx) {
    const result = yield ctx.df.callActivity("undefAct");
    return { type: typeof result, isNull: result === null };
  });
  df.app.orchestration("retNothing", function* (ctx) {
    yield ctx.df.callActivity("undefAct");
  });
  df.app.orchestration("types", function* (ctx) {
    return yield ctx.df.callActivity("echoType", ctx.df.getInput().value);
  });
  df.app.orchestration("input", function* (ctx) {
    return { input: ctx.df.getInput(), type: typeof ctx.df.getInput(), version: ctx.df.version };
  });
  df.app.orchestration("replaying", function* (ctx) {
    ctx.log("before");
    yield ctx.df.callActivity("inc", 1);
    ctx.log("after");
    return ctx.df.isReplaying;
  });
  df.app.orchestration("callsHttp", function* (ctx) {
    return yield ctx.df.callHttp({ method: "GET", url: "http://127.0.0.1/" });
  });
  df.app.orchestration("waiter", function* (ctx) {
    return yield ctx.df.waitForExternalEvent("go");
  });
  df.app.orchestration("incident", function* (ctx) {
    const found = yield ctx.df.callActivity("sayHello", "diagnose");
    const approval = ctx.df.waitForExternalEvent("approval");
    const timer = ctx.df.createTimer(later(ctx, 1800));
    const winner = yield ctx.df.Task.any([approval, timer]);
    if (winner === approval) {
      timer.cancel();
    }
    const steps = [];
    for (const step of ["D", "E", "F"]) {
      steps.push(yield ctx.df.callActivity("sayHello", step));
    }
    const both = yield ctx.df.Task.all([ctx.df.callActivity("inc", 1), ctx.df.callSubOrchestrator("hello")]);
    return { found, approved: winner === approval, steps, both };
  });

  registerHttp();
}

function registerHttp() {
  app.http("starter", {
    route: "start/{name}/{id?}",
    methods: ["POST"],
    extraInputs: [df.input.durableClient()],
    async handler(request, ctx) {
      const client = df.getClient(ctx);
      const text = await request.text();
      try {
        const id = await client.startNew(request.params.name, {
          ...(request.params.id ? { instanceId: request.params.id } : {}),
          ...(text ? { input: JSON.parse(text) } : {}),
          ...(request.query.get("version") ? { version: request.query.get("version") } : {}),
        });
        return client.createCheckStatusResponse(request, id);
      } catch (error) {
        return { status: 599, jsonBody: { threw: error.name, message: error.message } };
      }
    },
  });
  app.http("client", {
    route: "client/{operation}/{id?}",
    methods: ["GET", "POST"],
    extraInputs: [df.input.durableClient()],
    async handler(request, ctx) {
      const client = df.getClient(ctx);
      const { id, operation } = request.params;
      const text = (name) => request.query.get(name) ?? undefined;
      const operations = {
        status: () => client.getStatus(id),
        all: () => client.getStatusAll(),
        by: () => client.getStatusBy({ runtimeStatus: text("s").split(",") }),
        raise: () => client.raiseEvent(id, text("name"), JSON.parse(text("data") ?? "null")),
        raiseNothing: () => client.raiseEvent(id, text("name")),
        terminate: () => client.terminate(id, text("reason")),
        suspend: () => client.suspend(id, text("reason")),
        resume: () => client.resume(id, text("reason")),
        rewind: () => client.rewind(id, text("reason")),
        purge: () => client.purgeInstanceHistory(id),
        purgeBy: () => client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(0) }),
        links: () => client.createHttpManagementPayload(id),
      };
      try {
        return { jsonBody: { ok: (await operations[operation]()) ?? null } };
      } catch (error) {
        return { jsonBody: { threw: error.name, message: error.message } };
      }
    },
  });
}

module.exports = { register, runs, turns };
