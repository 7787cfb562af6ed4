import { parseArgs } from "node:util";
import { apiOf, send } from "./api";

const options = {
  url: { type: "string" },
  by: { type: "string", default: "" },
  reason: { type: "string", default: "" },
  code: { type: "string", default: "" },
  system: { type: "string", default: "" },
  for: { type: "string", default: "" },
} as const;

/** `switchover stop`: nothing is changed any more, until it is released. A name and a reason are enough. */
export async function stop(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  await send(apiOf(values.url), "POST", "/api/stop", { by: values.by, reason: values.reason });
  console.log("Everything is stopped.");
}

/** `switchover hold`: one system is left alone for a while. */
export async function hold(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const fields = { system: values.system, by: values.by, because: values.reason, for: values.for };
  await send(apiOf(values.url), "POST", "/api/holds", fields);
  console.log(`${values.system} is held for ${values.for}.`);
}

/** `switchover release`: the stop, or with `--system` that system's hold. Going on takes a person's one-time code. */
export async function release(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { by, reason, code, system } = values;
  const path = system === "" ? "/api/stop" : "/api/holds";
  await send(apiOf(values.url), "DELETE", path, system === "" ? { by, reason, code } : { by, code, system });
  console.log(system === "" ? "The stop is released." : `${system} is released.`);
}
