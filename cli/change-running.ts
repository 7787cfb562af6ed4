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
  const fields = { by: values.by, reason: values.reason };
  await send(apiOf(values.url), { method: "POST", path: "/api/stop", expects: "stop", fields });
  console.log("Everything is stopped.");
}

/** `switchover hold`: one system is left alone for a while. */
export async function hold(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const fields = { system: values.system, by: values.by, because: values.reason, for: values.for };
  await send(apiOf(values.url), { method: "POST", path: "/api/holds", expects: "hold", fields });
  console.log(`${values.system} is held for ${values.for}.`);
}

/** `switchover release`: the stop, or with `--system` that system's hold. Going on takes a person's one-time code. */
export async function release(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { by, reason, code, system } = values;
  const what =
    system === ""
      ? { path: "/api/stop", expects: "stop", fields: { by, reason, code } }
      : { path: "/api/holds", expects: "holds", fields: { by, code, system } };
  await send(apiOf(values.url), { method: "DELETE", ...what });
  console.log(system === "" ? "The stop is released." : `${system} is released.`);
}
