import { explain, status } from "./ask-running";
import { enrol } from "./enrol";
import { verifyAudit } from "./audit";
import { hold, release, stop } from "./change-running";
import { observe } from "./observe";
import { printDocument } from "./document";
import { listPlans } from "./plans";
import { up } from "./up";
import { runVantage } from "./vantage";

const commands = {
  up: { run: up, says: "the sandbox company, the recovery engine and the console, on this machine" },
  vantage: {
    run: runVantage,
    says: "look from this machine for a Switchover elsewhere; it can change nothing",
  },
  status: { run: status, says: "open and recent incidents of a running Switchover" },
  explain: {
    run: explain,
    says: "why it did or did not act: the record of an incident (the newest open one, or else the newest; or the id you give)",
  },
  document: { run: printDocument, says: "the disaster-recovery document of a company, for its customers" },
  observe: {
    run: observe,
    says: "look at a company and say what Switchover would do; can't change anything",
  },
  plans: { run: listPlans, says: "the recovery plans; with a NAME, the page of one" },
  enrol: {
    run: enrol,
    says: "a person's authenticator (as a QR code) and recovery codes; earlier recovery codes end",
  },
  stop: { run: stop, says: "stop everything: no step of any plan begins until it is released" },
  hold: { run: hold, says: "leave one system alone for a while" },
  release: { run: release, says: "go on: lift the stop, or a system's hold (takes a one-time code)" },
  audit: { run: verifyAudit, says: "verify the record's hash chain; exit code 1 when it is broken" },
} satisfies Record<string, { run: (args: string[]) => Promise<void>; says: string }>;

const USAGE = `switchover COMMAND [options]

${Object.entries(commands)
  .map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`)
  .join("\n")}

  up       [--fresh | --observe] [--config FILE]    PORT (7071), SANDBOX_PORT (7072), SWITCHOVER_STATE (.switchover)
  vantage  --name NAME [--config FILE] [--address A] [--port N]    a name of vantages[]; its secret is in the environment
  status   [--url URL] [--output json]
  explain  [ID] [--url URL] [--output json]
  document [--config FILE] [--internal]    SWITCHOVER_STATE, when set: the ledger with the last recoveries
  observe  [--config FILE] [--watch] [--output json]    exit code 0 healthy, 2 not, 3 can't be told
  plans    [NAME] [--config FILE]
  stop     --by NAME --reason TEXT
  hold     --system SYSTEM --for 2h --by NAME --reason TEXT
  release  [--system SYSTEM] --by PERSON --code CODE --reason TEXT
  enrol    PERSON [--new] [--config FILE]    --new makes another authenticator secret, for a lost phone`;

/** `switchover COMMAND [options]`. Rejects with the sentence that an operator should read. */
export async function command(words: string[]): Promise<void> {
  const [name = "help", ...args] = words;
  if (name === "help" || name === "--help") return console.log(USAGE);
  if (!Object.hasOwn(commands, name)) throw new Error(`"${name}" is not a command.\n\n${USAGE}`);
  await commands[name as keyof typeof commands].run(args);
}
