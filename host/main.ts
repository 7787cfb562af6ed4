#!/usr/bin/env node
import { parseArgs } from "node:util";
import { functionTable, lineOf } from "./console-lines";
import { HostError, messageOf } from "./host-error";
import { type RunningHost, type RunOptions, readPort, runHost } from "./run";

const usage = `Runs the function app of the current folder.

  node dist/host/main.js [--port N] [--address A] [--state DIR] [--keys]

  --port     port to listen on, by default PORT or 7071; 0 for any
  --address  address to listen on, by default 127.0.0.1
  --state    folder of the state, by default SWITCHOVER_STATE or .switchover
  --keys     print the keys that open guarded functions and the management API`;

function readOptions(): RunOptions & { keys: boolean; help: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      address: { type: "string" },
      state: { type: "string" },
      keys: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  return {
    ...(values.port === undefined ? {} : { port: readPort(values.port, "--port") }),
    ...(values.address === undefined ? {} : { address: values.address }),
    ...(values.state === undefined ? {} : { stateDirectory: values.state }),
    keys: values.keys === true,
    help: values.help === true,
  };
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
