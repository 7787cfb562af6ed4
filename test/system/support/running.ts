import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { sandboxSecrets } from "../../../sandbox/secrets";
import { askAt, type Asked } from "./ask";
import { launch, launchCommand, type Ended, type Launched } from "./launched";
import { newPlace, type Place, type PolicyChange } from "./place";
import { nothingLeft, processesOf } from "./processes";
import { until } from "../../support/until";

const READY_MS = 20_000;
const LINK_SECRET = "a-secret-for-the-links-of-system-tests-0123";

/** `npm start` without the build: one command that has everything. */
export type Whole = {
  place: Place;
  asked: Asked;
  /** The one that runs now. */
  process(): Launched;
  /** Starts it (again) and waits until it is ready; returns how long that took, in milliseconds. */
  start(args?: string[]): Promise<number>;
  /** Starts it with other settings, and leaves the waiting to the caller. */
  launch(args?: string[], env?: Record<string, string>): Launched;
  /** The same by `npm start`, without its build, which the tests have behind them. */
  launchByNpm(): Launched;
  /** Ctrl-C, and the check that nothing is left. */
  stop(): Promise<Ended>;
  /** In `afterAll`: ends it, checks that no process is left, and removes the folder. */
  cleanUp(): Promise<void>;
};

export async function prepareAll(change?: PolicyChange): Promise<Whole> {
  const place = await newPlace(change);
  const asked = askAt(place);
  const settings = {
    PORT: String(place.port),
    SANDBOX_PORT: String(place.sandboxPort),
    SWITCHOVER_STATE: place.state,
  };
  let current: Launched | undefined;
  const whole: Whole = {
    place,
    asked,
    process() {
      if (current === undefined) throw new Error("It was not started yet.");
      return current;
    },
    launch(args = [], env = {}) {
      return launch("cli/main.js", ["up", "--config", place.config, ...args], { ...settings, ...env });
    },
    launchByNpm: () =>
      launchCommand("npm", ["start", "--ignore-scripts", "--", "--config", place.config], settings),
    async start(args) {
      const begun = performance.now();
      current = whole.launch(args);
      await untilReady(asked, current);
      return performance.now() - begun;
    },
    async stop() {
      const ended = await whole.process().signal("SIGINT");
      await nothingLeft(place);
      return ended;
    },
    async cleanUp() {
      if (current?.hasEnded() === false) await current.signal("SIGINT");
      await endPlace(place);
    },
  };
  return whole;
}

/** The company as a process of its own that lives on, and the engine as one that may be killed. */
export type Parts = {
  place: Place;
  asked: Asked;
  engine(): Launched;
  /** Where the engine's state is; another one after `forget`. */
  state(): string;
  startEngine(): Launched;
  /** As `kill -9`; resolves when it is dead. */
  killEngine(): Promise<void>;
  /** The next start of the engine begins anew. */
  forget(): void;
  cleanUp(): Promise<void>;
};

export async function startParts(change?: PolicyChange): Promise<Parts> {
  const place = await newPlace(change);
  const asked = askAt(place);
  mkdirSync(place.state);
  const sandboxState = join(place.state, "sandbox");
  const secrets = sandboxSecrets(sandboxState, place.estate);
  const port = String(place.sandboxPort);
  const sandbox = launch(
    "sandbox/main.js",
    ["--config", place.config, "--state", sandboxState, "--port", port],
    { SWITCHOVER_STATE: place.state },
  );
  await until("the company stands", async () => (await asked.truth()).customers.streak > 0, {
    within: READY_MS,
    story: sandbox.output,
  });
  let state = mkdtempSync(join(place.state, "engine-"));
  let engine: Launched | undefined;
  const parts: Parts = {
    place,
    asked,
    state: () => state,
    engine() {
      if (engine === undefined) throw new Error("The engine was not started yet.");
      return engine;
    },
    startEngine() {
      engine = launch("host/main.js", ["--port", String(place.port)], {
        ...secrets,
        SWITCHOVER_CONFIG: place.config,
        SWITCHOVER_STATE: state,
        SWITCHOVER_LINK_SECRET: LINK_SECRET,
      });
      return engine;
    },
    async killEngine() {
      await engine?.signal("SIGKILL");
    },
    forget() {
      state = mkdtempSync(join(place.state, "engine-"));
    },
    async cleanUp() {
      await engine?.signal("SIGTERM");
      await sandbox.signal("SIGTERM");
      await endPlace(place);
    },
  };
  return parts;
}

/** Until `/api/health` says so. Fails at once, with what it said, when it ends instead. */
export async function untilReady(asked: Asked, launched: Launched): Promise<void> {
  await until("it is ready", async () => launched.hasEnded() || (await asked.send("/api/health")).ok, {
    within: READY_MS,
    every: 50,
    story: launched.output,
  });
  if (launched.hasEnded()) throw new Error(`It ended instead of starting:\n${await launched.said}`);
}

async function endPlace(place: Place): Promise<void> {
  try {
    await nothingLeft(place);
  } finally {
    for (const line of processesOf(place)) process.kill(Number.parseInt(line, 10), "SIGKILL");
    place.remove();
  }
}
