#!/usr/bin/env node
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { functionTable, lineOf } from "./console-lines";
import { HostError, messageOf } from "./host-error";
import { type RunningHost, type RunOptions, readPort, replayStored, runHost } from "./run";

const usage = `Runs a function app: the one of the current folder, or of the folder given.

  node dist/host/main.js [FOLDER] [--port N] [--address A] [--state DIR] [--keys] [--guarded] [--hostile SEED]
  node dist/host/main.js replay [--app FOLDER] [--state DIR]

  --port     port to listen on, by default PORT or 7071; 0 for any
  --address  address to listen on, by default 127.0.0.1
  --state    folder of the state, by default SWITCHOVER_STATE or .switchover
  --keys     print the keys that open guarded functions and the management API
  --guarded  ask for the key of the management API on this machine too
  --hostile  make go wrong what can go wrong on Azure, the same for the same number

replay holds the stored histories against the code at hand, and ends with 1 when they differ.`;

type Options = RunOptions & { replay: boolean; keys: boolean; help: boolean };

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      app: { type: "string" },
      port: { type: "string" },
      address: { type: "string" },
      state: { type: "string" },
      hostile: { type: "string" },
      guarded: { type: "boolean" },
      keys: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const replay = positionals[0] === "replay";
  const [folder, surplus] = replay
    ? [values.app, positionals[1]]
    : [values.app ?? positionals[0], positionals[1]];
  if (surplus !== undefined) {
    throw new HostError("settings", `'${surplus}' is one argument too many: one folder with an app is run.`);
  }
  return {
    ...(folder === undefined ? {} : { directory: folder }),
    ...(values.port === undefined ? {} : { port: readPort(values.port, "--port") }),
    ...(values.address === undefined ? {} : { address: values.address }),
    // As typed here, not in the app's folder.
    ...(values.state === undefined ? {} : { stateDirectory: resolve(values.state) }),
    ...(values.hostile === undefined ? {} : { hostile: { seed: readSeed(values.hostile) } }),
    openManagement: values.guarded !== true,
    replay,
    keys: values.keys === true,
    help: values.help === true,
  };
}

function readSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new HostError("settings", `--hostile is '${text}' and must be a whole number, the seed.`);
  }
  return Number(text);
}

/** Prints what the code would do otherwise than the stored histories; true when there is nothing. */
async function checkHistories(options: Options): Promise<boolean> {
  const { checked, differences } = await replayStored(options);
  for (const { instanceId, name, says } of differences) {
    console.log(`${instanceId} ('${name}'): ${says}\n`);
  }
  console.log(`${checked} histories checked, ${differences.length} differ from the code.`);
  return differences.length === 0;
}

/** The first signal stops gracefully, a second one at once. What is cut off runs again after the next start. */
function stopOnSignals(running: RunningHost): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) {
      process.exit(1);
    }
    stopping = true;
    console.log(`${signal}: stopping. Activities that run have 10 s; once more to stop at once.`);
    running.stop().then(
      // Activities that are still running don't keep a stopped host alive.
      () => process.exit(),
      (error: unknown) => {
        console.error(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  if (options.replay) {
    process.exitCode = (await checkHistories(options)) ? 0 : 1;
    return;
  }
  const running = await runHost({
    ...options,
    log(entry) {
      const line = lineOf(entry, new Date());
      if (line !== undefined) {
        console.log(line);
      }
    },
  });
  stopOnSignals(running);
  console.log(functionTable(running.host));
  if (options.keys) {
    console.log(`\nKeys: ${JSON.stringify(running.host.keys(), undefined, 2)}`);
  }
  console.log(`\nListening on ${running.host.url}. State: ${running.stateFile}. Ctrl-C stops.`);
}

main().catch((error: unknown) => {
  // A HostError is a sentence for people; anything else is a fault of ours, and its stack is wanted.
  const usageError = (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS") === true;
  const plain = error instanceof HostError || usageError;
  console.error(plain ? messageOf(error) : error);
  process.exit(usageError ? 2 : 1);
});
