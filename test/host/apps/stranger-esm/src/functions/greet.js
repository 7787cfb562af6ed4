import { app } from "@azure/functions";
import * as df from "durable-functions";

const words = await Promise.resolve(["Hello", "Bonjour"]);

df.app.activity("greet", { handler: async ({ word, name }) => `${word}, ${name}` });

df.app.orchestration("greetAll", function* (context) {
  const name = context.df.getInput();
  const greetings = [];
  for (const word of words) {
    greetings.push(yield context.df.callActivity("greet", { word, name }));
  }
  return greetings;
});

app.http("greetHttpStart", {
  route: "greet/{name}",
  methods: ["GET"],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const id = await client.startNew("greetAll", { input: request.params.name });
    return client.waitForCompletionOrCreateCheckStatusResponse(request, id, {
      timeoutInMilliseconds: 10_000,
      retryIntervalInMilliseconds: 20,
    });
  },
});
