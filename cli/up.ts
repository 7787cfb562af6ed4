import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readEstate } from "../adapters/settings/file";
import { secretsFrom } from "../adapters/settings/secrets";
import { runHost } from "../host/run";
import { certificateValues, sandboxCertificates } from "../sandbox/certificates";
import { sandboxSecrets } from "../sandbox/secrets";
import { beginAnew } from "./begin-anew";
import { configFor } from "./config-for";
import { endOnSignals } from "./end-on-signals";
import { keptSecret } from "./kept-secret";
import { logLine } from "./log-line";
import { nagiosOffer } from "./nagios-offer";
import { observe } from "./observe";
import { portFrom, refuseTaken } from "./ports";
import { startCompany } from "./start-company";

/** Looks instead of starting; what goes with it is cli/observe.ts's to say. */
const OBSERVE = "--observe";

const APP = resolve(__dirname, "../..");

/** `npm start`: the company, the engine and the console on this machine, until Ctrl-C. State stays; the next start goes on. */
export async function up(args: string[]): Promise<void> {
  if (args.includes(OBSERVE)) return observe(args.filter((arg) => arg !== OBSERVE));
  const { values } = parseArgs({
    args,
    options: {
      fresh: { type: "boolean", default: false },
      config: { type: "string", default: "switchover.yaml" },
    },
  });
  const state = resolve(process.env["SWITCHOVER_STATE"] ?? ".switchover");
  const port = portFrom("PORT", 7071);
  const sandboxPort = portFrom("SANDBOX_PORT", 7072);
  const file = resolve(values.config);
  // Before anything is written or removed: who mistyped a setting keeps the state, and is told of their own file and line.
  await readEstate(file);
  await refuseTaken(port, "the console and the API", "PORT");
  await refuseTaken(sandboxPort, "the sandbox's page and controls", "SANDBOX_PORT");
  if (values.fresh) beginAnew(state, APP);
  mkdirSync(state, { recursive: true, mode: 0o700 });

  const config = configFor({ file, state, port, sandboxPort });
  const estate = await readEstate(config);
  const sandboxState = join(state, "sandbox");
  const certificates = await sandboxCertificates(sandboxState, estate);
  const made = { ...sandboxSecrets(sandboxState, estate), ...certificateValues(estate, certificates) };
  for (const [name, value] of Object.entries(made)) process.env[name] ??= value;
  process.env["SWITCHOVER_LINK_SECRET"] ??= keptSecret(join(state, "link-secret"));
  process.env["SWITCHOVER_CONFIG"] = config;
  process.env["SWITCHOVER_STATE"] = state;

  const ending = endOnSignals();
  const company = await ending.started(startCompany({ config, state: sandboxState, port: sandboxPort }));
  if (ending.begun()) return;
  try {
    const host = runHost({ directory: APP, port, stateDirectory: state, log: logLine() });
    await ending.started(host);
  } catch (thrown) {
    await company.stop();
    throw thrown;
  }
  if (ending.begun()) return;
  const secret = secretsFrom(process.env, estate)(estate.nagios.secret);
  console.log(welcome(estate.company, port, sandboxPort, nagiosOffer({ app: APP, state, port, secret })));
  company.gone(() => {
    if (ending.begun()) return;
    console.error("The sandbox ended by itself; see its last lines above.");
    ending.end(1);
  });
}

function welcome(company: string, port: number, sandboxPort: number, offer: string): string {
  return `
  ${company} is up, and Switchover watches it.

    Break the company and see its phones:  http://127.0.0.1:${sandboxPort}/
    Console:                               http://127.0.0.1:${port}/
${offer}

  Ctrl-C stops both; the next start goes on where this one was. "npm start -- --fresh" begins anew.
`;
}
