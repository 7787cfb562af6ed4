import * as df from "durable-functions";
import { activities, type Activities } from "../activities";
import { world } from "./edge/world";

for (const name of Object.keys(activities) as (keyof Activities)[]) {
  // Each activity's own input type was checked where it is called (orchestrations/durable.ts).
  const run = activities[name] as (input: object, of: Awaited<ReturnType<typeof world>>) => Promise<object>;
  df.app.activity(name, { handler: async (input: object) => run(input, await world()) });
}
