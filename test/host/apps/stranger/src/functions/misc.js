const { app, input, output } = require("@azure/functions");
const df = require("durable-functions");

app.get("hello", {
  route: "hello/{name?}",
  handler: async (request, context) => {
    context.log(`Http function processed request for url "${request.url}"`);
    const name = request.params.name || request.query.get("name") || "world";
    return { body: `Hello, ${name}!` };
  },
});

app.timer("nightly", {
  schedule: "0 0 3 * * *",
  handler: (myTimer, context) => {
    context.log("Timer function processed request.");
  },
});

// What this host does not run: each is named, and the others run.
app.storageQueue("fromQueue", { queueName: "orders", connection: "AzureWebJobsStorage", handler: () => {} });
app.http("withBlob", {
  extraInputs: [input.storageBlob({ path: "a/b", connection: "AzureWebJobsStorage" })],
  handler: () => ({}),
});
app.http("toQueue", {
  return: output.storageQueue({ queueName: "q", connection: "AzureWebJobsStorage" }),
  handler: () => ({}),
});
df.app.entity("counter", (context) => context.df.return(1));
