import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readEstate } from "../adapters/settings/file";
import { secretsFrom } from "../adapters/settings/secrets";
import { vantageOf } from "../functions/edge/vantage";
import { runHost } from "../host/run";
import { endOnSignals } from "./end-on-signals";
import { logLine } from "./log-line";
import { portFrom } from "./ports";

const APP = resolve(__dirname, "../..");

/** `switchover vantage`: this machine looks at the company for a Switchover elsewhere, until Ctrl-C. It can change nothing. */
export async function runVantage(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string", default: process.env["SWITCHOVER_VANTAGE"] ?? "" },
      config: { type: "string", default: process.env["SWITCHOVER_CONFIG"] ?? "switchover.yaml" },
      address: { type: "string", default: "127.0.0.1" },
      port: { type: "string" },
    },
  });
  const config = resolve(values.config);
  const estate = await readEstate(config);
  // A wrong name and a missing secret are told now, not when the first question comes.
  const { name, secret } = vantageOf(estate, values.name, secretsFrom(process.env, estate));
  secret();
  if (values.port !== undefined) process.env["PORT"] = values.port;
  const port = portFrom("PORT", 7071);
  process.env["SWITCHOVER_VANTAGE"] = name;
  process.env["SWITCHOVER_CONFIG"] = config;
  const stateDirectory = join(resolve(process.env["SWITCHOVER_STATE"] ?? ".switchover"), `vantage-${name}`);
  const ending = endOnSignals();
  const { address } = values;
  const { host } = await ending.started(
    runHost({ directory: APP, port, address, stateDirectory, log: logLine() }),
  );
  if (ending.begun()) return;
  console.log(`
  ${name} looks at ${estate.company} for whoever signs with its secret, at ${host.url}/api/observe.

    Is it ready?  curl ${host.url}/api/health
    The Switchover that asks it reaches it at vantages[].url of its switchover.yaml.
`);
}
