import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { noLedger } from "../adapters/ledger/none";
import { readOnlyWorld } from "../adapters/read-only-world";
import { readEstate } from "../adapters/settings/file";
import { secretsFrom } from "../adapters/settings/secrets";
import { createWorld } from "../adapters/world";
import { keptSandboxSecrets } from "../sandbox/secrets";
import type { Estate } from "../shared/estate";
import { hostOf, isLoopback } from "../shared/hosts";
import { stateFolder } from "./existing-ledger";
import { reportText } from "./observe/in-words";
import { observed, type Report } from "./observe/report";
import { CLEAR, paintFor } from "./observe/terminal";

/** 1 is left for what could not be tried at all, such as a configuration with a fault. */
export const EXIT: Record<Report["health"], number> = { healthy: 0, "not-healthy": 2, unknown: 3 };

/**
 * `npm start -- --config FILE --observe`: looks at a company, says what it sees, would conclude and would do,
 * and which credentials are missing. Starts no engine and no sandbox, and can't change anything: every port
 * that writes is refused. Goes on without a credential that is missing.
 */
export async function observe(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: "string", default: "switchover.yaml" },
      watch: { type: "boolean", default: false },
      output: { type: "string", default: "text" },
    },
  });
  const { watch, output } = values;
  if (output !== "text" && output !== "json")
    throw new Error(`--output is "${output}"; use one of: text, json.`);
  const estate = await readEstate(resolve(values.config));
  const env = { ...sandboxEnvironment(estate), ...process.env };
  const world = readOnlyWorld(createWorld({ estate, secrets: secretsFrom(env, estate), ledger: noLedger }));
  const ended = watch ? untilSignal() : undefined;
  for (;;) {
    const report = await observed(world, env);
    print(report, { json: output === "json", watch });
    process.exitCode = EXIT[report.health];
    if (ended === undefined || (await ended.within(estate.policy.windows.lookAgain))) return;
  }
}

/** The sandbox keeps its secrets beside its state. They are of use only to a company on this machine. */
function sandboxEnvironment(estate: Estate): Record<string, string> {
  if (!isLoopback(hostOf(estate.cloudflare.api))) return {};
  const link = join(stateFolder(), "link-secret");
  const links = existsSync(link) ? { SWITCHOVER_LINK_SECRET: readFileSync(link, "utf8").trim() } : {};
  return { ...keptSandboxSecrets(join(stateFolder(), "sandbox")), ...links };
}

function print(report: Report, { json, watch }: { json: boolean; watch: boolean }): void {
  // A line a look, so that a program can read on while it watches.
  if (json) return console.log(JSON.stringify(report, null, watch ? undefined : 2));
  const isTTY = process.stdout.isTTY === true;
  const text = reportText(report, paintFor(isTTY && !process.env["NO_COLOR"]));
  console.log(watch && isTTY ? `${CLEAR}${text}` : `${text}\n`);
}

/** Ctrl-C ends the watching at once, with the exit code of the last look. */
function untilSignal(): { within(ms: number): Promise<boolean> } {
  const signal = new Promise<true>((resolve) => {
    process.once("SIGINT", () => resolve(true));
    process.once("SIGTERM", () => resolve(true));
  });
  return {
    async within(ms) {
      let timer: NodeJS.Timeout | undefined;
      const time = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), ms);
      });
      const ended = await Promise.race([signal, time]);
      clearTimeout(timer);
      return ended;
    },
  };
}
