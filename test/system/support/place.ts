import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { parseEstate } from "../../../shared/config";
import type { Estate } from "../../../shared/estate";

export const ROOT = join(__dirname, "../../..");

/** Where one company of a test lives: its own addresses, ports, configuration and state, so that no two suites clash. */
export type Place = {
  folder: string;
  config: string;
  /** `SWITCHOVER_STATE`. */
  state: string;
  port: number;
  sandboxPort: number;
  estate: Estate;
  remove(): void;
};

/** What a test changes of the shipped policy; the rest is as shipped. */
export type PolicyChange = {
  windows?: Record<string, string>;
  automatic?: string[];
  automaticPerHour?: number;
};

type RawConfig = { policy: Required<PolicyChange> };

/** The shipped configuration with another network (127.77. → 127.N.) and free ports. */
export async function newPlace(change: PolicyChange = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "switchover-system-"));
  const network = await freeNetwork();
  const port = await freePort();
  const sandboxPort = await freePort(port);
  const text = readFileSync(join(ROOT, "switchover.yaml"), "utf8")
    .replaceAll("127.77.", `127.${network}.`)
    .replaceAll("127.0.0.1:7071", `127.0.0.1:${port}`)
    .replaceAll("127.0.0.1:7072", `127.0.0.1:${sandboxPort}`);
  const raw = parse(text) as RawConfig;
  const { policy } = raw;
  raw.policy = { ...policy, ...change, windows: { ...policy.windows, ...change.windows } };
  const config = join(folder, "switchover.yaml");
  writeFileSync(config, stringify(raw));
  return {
    folder,
    config,
    state: join(folder, "state"),
    port,
    sandboxPort,
    estate: parseEstate(raw, config),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Below the ports that the kernel lends to clients: a port that was free at the first start still is at the second. */
async function freePort(not = 0): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (port !== not && (await isFree("127.0.0.1", port))) return port;
  }
}

async function freeNetwork(): Promise<number> {
  for (;;) {
    const network = 20 + Math.floor(Math.random() * 57);
    // The edge of a company that runs there has this port.
    if (await isFree(`127.${network}.0.10`, 8080)) return network;
  }
}

function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
