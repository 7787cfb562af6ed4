import * as df from "durable-functions";
import { activities, type Activities } from "../activities";
import { vantageName } from "./edge/role";
import { world } from "./edge/world";

const names = vantageName() === undefined ? (Object.keys(activities) as (keyof Activities)[]) : [];
for (const name of names) {
  // Each activity's own input type was checked where it is called (orchestrations/durable.ts).
  const run = activities[name] as (input: object, of: Awaited<ReturnType<typeof world>>) => Promise<object>;
  df.app.activity(name, { handler: async (input: object) => run(input, await world()) });
}
