import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import { estateSchema, type Estate } from "../shared/estate";
import { textOf } from "../shared/errors";
import { SandboxRefusal } from "./refusal";
import { startSandbox } from "./start";

const usage = "node dist/sandbox/main.js --config switchover.yaml --state DIR --port 7072 [--stand-in]";

/** The sandbox as a process: until SIGINT, SIGTERM, or the end of the process that forked it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: "string", default: "switchover.yaml" },
      state: { type: "string", default: ".switchover/sandbox" },
      port: { type: "string", default: "7072" },
      "stand-in": { type: "boolean", default: false },
    },
  });
  const say = (line: string) => console.log(`sandbox: ${line}`);
  const estate = readEstate(values.config);
  const port = portOf(values.port);
  const sandbox = await startSandbox({
    estate,
    config: resolve(values.config),
    stateDir: values.state,
    port,
    standIn: values["stand-in"],
    say,
  });
  say(`${estate.company} is up; break it at http://127.0.0.1:${sandbox.port}/`);

  const stop = () => {
    // Twice is once; and nothing that hangs while it ends keeps the process.
    setTimeout(() => process.exit(1), 5_000).unref();
    void sandbox.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  process.once("SIGHUP", stop);
  process.once("disconnect", stop);
  // Last: whoever hears it may end us the moment after.
  process.send?.({ ready: true, port: sandbox.port });
}

function readEstate(file: string): Estate {
  const read = estateSchema.safeParse(parse(readFileSync(file, "utf8")));
  if (read.success) return read.data;
  throw new SandboxRefusal({
    what: "not a company",
    where: "--config",
    value: file,
    hint: z.prettifyError(read.error),
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SandboxRefusal({
    what: "not a port",
    where: "--port",
    value: text,
    hint: `0 to 65535. Usage: ${usage}`,
  });
}

if (require.main === module) {
  main().catch((thrown: unknown) => {
    console.error(`sandbox: ${textOf(thrown, 1_000)}`);
    process.exitCode = 1;
    process.disconnect?.();
  });
}
