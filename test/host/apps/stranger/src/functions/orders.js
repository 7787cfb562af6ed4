const { app } = require("@azure/functions");
const df = require("durable-functions");

const approvalName = "Approval";

df.app.orchestration("processOrder", function* (context) {
  const order = context.df.getInput();
  context.df.setCustomStatus("pricing");
  const retry = new df.RetryOptions(100, 3);
  const prices = yield context.df.Task.all(
    order.items.map((item) => context.df.callActivityWithRetry("priceItem", retry, item)),
  );
  const total = prices.reduce((sum, price) => sum + price, 0);
  if (total > 100) {
    context.df.setCustomStatus("waiting for approval");
    const expiration = new Date(context.df.currentUtcDateTime.valueOf() + 60_000);
    const timeout = context.df.createTimer(expiration);
    const approval = context.df.waitForExternalEvent(approvalName);
    const winner = yield context.df.Task.any([approval, timeout]);
    if (winner === timeout) {
      return { state: "expired", total };
    }
    timeout.cancel();
    if (!approval.result.approved) {
      return { state: "rejected", total };
    }
  }
  context.df.setCustomStatus("shipping");
  const parcel = yield context.df.callSubOrchestrator("shipOrder", { order, total });
  context.log(`Order of ${order.customer} is on its way.`);
  return { state: "shipped", total, parcel };
});

df.app.orchestration("shipOrder", function* (context) {
  const { order } = context.df.getInput();
  const label = yield context.df.callActivity("printLabel", order.customer);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.valueOf() + 50));
  return label;
});

let attempts = 0;
df.app.activity("priceItem", {
  handler: (item) => {
    attempts += 1;
    if (attempts === 1) {
      throw new Error("The price list is not loaded yet.");
    }
    return item.length * 10;
  },
});

df.app.activity("printLabel", {
  handler: (customer, context) => {
    context.log(`Printing a label for ${customer}.`);
    return `${process.env.Greeting}, ${customer}`;
  },
});

const clientInput = df.input.durableClient();

app.http("orderHttpStart", {
  route: "orders",
  methods: ["POST"],
  extraInputs: [clientInput],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const instanceId = await client.startNew("processOrder", { input: await request.json() });
    context.log(`Started orchestration with ID = '${instanceId}'.`);
    return client.createCheckStatusResponse(request, instanceId);
  },
});
