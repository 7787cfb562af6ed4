import * as df from "durable-functions";
import { sweep } from "../activities/sweep";
import { watch } from "../activities/watch";
import { textOf } from "../shared/errors";
import { durableEngine } from "./edge/engine";
import { app } from "./edge/role";
import { world } from "./edge/world";

const client = df.input.durableClient();

/** Every 30 seconds: look, and put right what a crash or the platform left. Nothing may depend on one tick happening. */
app.timer("watch", {
  schedule: "*/30 * * * * *",
  extraInputs: [client],
  handler: async (_timer, context) => {
    const here = await world();
    const engine = durableEngine(df.getClient(context), here);
    // Sweeping first: what was accepted must not wait for a look that fails.
    for (const problem of await sweep({}, here, engine)) context.error(problem);
    try {
      const { says } = await watch({}, here, engine);
      context.log(says);
    } catch (thrown) {
      context.error(`The look failed: ${textOf(thrown)}`);
    }
  },
});
