import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { doorKeys } from "../../../adapters/door-keys";
import { socketExchange } from "../../../adapters/runtime-api";
import { certificateValues, keptCertificates } from "../../../sandbox/certificates";
import { haproxyCommand } from "../../../sandbox/real/command-line";
import { sandboxSecrets } from "../../../sandbox/secrets";
import { estateSchema, type Estate } from "../../../shared/estate";
import type { Body } from "../../sandbox/body";
import { rawEstate, type RawEstate } from "../../sandbox/estate";
import { until } from "../../support/until";

export type RealSandbox = {
  body: Body;
  url: string;
  stateDir: string;
  config: string;
  /** Everything it has printed, of all its lives. */
  printed(): string;
  start(extra?: string[]): Promise<void>;
  /** Ends the sandbox's own process; resolves with its exit code or signal. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
  pid(): number;
  cleanUp(): Promise<void>;
};

const script = join(__dirname, "../../../dist/sandbox/main.js");

/** The sandbox as its users start it, on addresses of its own, so that several can run on one machine. */
export async function realSandbox(raw: RawEstate = rawEstate()): Promise<RealSandbox> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const stateDir = join(folder, "state");
  const port = await freePort();
  const config = join(folder, "switchover.yaml");
  const network = 100 + Math.floor(Math.random() * 150);
  const text = stringify(raw).replaceAll("127.77.", `127.${network}.`).replaceAll(":7072/", `:${port}/`);
  writeFileSync(config, text);
  const estate = estateSchema.parse(parse(text));
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = "";

  async function end(signal: NodeJS.Signals): Promise<number | string | null> {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null) return null;
    const ended = new Promise<number | string | null>((resolve) =>
      ending.once("exit", (code, by) => resolve(code ?? by)),
    );
    ending.kill(signal);
    child = undefined;
    return ended;
  }

  return {
    body: realBody(estate, stateDir, url),
    url,
    stateDir,
    config,
    printed: () => printed,
    async start(extra = []) {
      const args = [script, "--config", config, "--state", stateDir, "--port", String(port), ...extra];
      // With a channel, so that it ends when this test's process does, however that ends.
      const started = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      const died = new Promise<never>((_, reject) =>
        started.once("exit", (code) => reject(new Error(`exit ${code}: ${printed}`))),
      );
      died.catch(() => undefined);
      await Promise.race([died, untilAnswers(url)]);
    },
    end,
    pid: () => child?.pid ?? 0,
    async cleanUp() {
      await end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function realBody(estate: Estate, stateDir: string, url: string): Body {
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value = (await answer.json()) as never;
    if (!answer.ok) throw new Error(JSON.stringify(value));
    return value;
  };
  const secrets = (ref: string) => secretOf(stateDir, estate, ref);
  const throughDoor = socketExchange(undefined, doorKeys(estate, secrets));
  return {
    estate,
    secrets,
    nowMs: () => Date.now(),
    fetch,
    runtimeApi: (runtimeApi, command) =>
      runtimeApi.startsWith("tls:")
        ? throughDoor(runtimeApi, command)
        : haproxyCommand(runtimeApi, command, 1_000),
    break: (fault, way) => ask("POST", `/faults/${fault}${way === undefined ? "" : `?way=${way}`}`),
    heal: (fault) => ask("DELETE", `/faults/${fault}`),
    cut: (part) => ask("POST", `/parts/${part}/cut`),
    mend: (part) => ask("DELETE", `/parts/${part}/cut`),
    reset: () => ask("POST", "/reset"),
    editRecord: (hostname, content) => ask("PUT", `/records/${hostname}`, { content }),
    setServer: (server, state) => ask("PUT", `/servers/${server}/state`, { state }),
    truth: () => ask("GET", "/truth"),
    effects: () => ask("GET", "/effects"),
    phones: () => ask("GET", "/phones"),
    second: () => new Promise((resolve) => setTimeout(resolve, 500)),
  };
}

function secretOf(stateDir: string, estate: Estate, ref: string): string {
  const name = ref.replace("env:", "");
  return (
    sandboxSecrets(stateDir, estate)[name] ??
    certificateValues(estate, keptCertificates(stateDir))[name] ??
    ""
  );
}

async function untilAnswers(url: string): Promise<void> {
  await until(`${url} answers`, async () => (await fetch(`${url}/faults`)).ok, { within: 20_000 });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => resolve(typeof at === "object" && at !== null ? at.port : 0));
    });
  });
}
