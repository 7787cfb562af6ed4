import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { probeAll } from "../../adapters/prober/prober";
import { sign } from "../../adapters/vantage";
import { useVantage, vantageOf } from "../../functions/edge/vantage";
import { openHost, type Host } from "../../host/index";
import type { Estate } from "../../shared/estate";
import hostJson from "../../host.json";
import { shippedEstate, TEST_SECRETS } from "../support/estate";
import { theApp } from "../support/the-app";

export const VANTAGE = "warsaw";
export const SECRET = TEST_SECRETS["VANTAGE_SECRET"] ?? "";
export const NOW = "2026-03-01T10:00:20.000Z";

export type VantageApp = {
  host: Host;
  /** The vantage's clock. */
  now: string;
  /** Each question that was looked at. */
  questions: Parameters<typeof probeAll>[0][];
  ask(body: string, headers?: Record<string, string>): Promise<Response>;
  /** Signed now with the right secret. */
  askSigned(body: string): Promise<Response>;
  end(): void;
};

/** The function app as a deployment that is only a vantage, on the embedded host. What the entry files register depends on the setting, and they are loaded once a test file. */
export async function openVantageApp(options: {
  estate?: Estate;
  probe?: typeof probeAll;
}): Promise<VantageApp> {
  process.env["SWITCHOVER_VANTAGE"] = VANTAGE;
  const folder = mkdtempSync(join(tmpdir(), "switchover-vantage-"));
  const host = await openHost({
    app: await theApp(),
    stateFile: join(folder, "host.db"),
    hostJson,
    mode: "manual",
  });
  const made = vantageOf(options.estate ?? shippedEstate(), VANTAGE, () => SECRET);
  const questions: VantageApp["questions"] = [];
  const probe: typeof probeAll = async (question, allowed) => {
    questions.push(question);
    return await (options.probe ?? made.probe)(question, allowed);
  };
  const ask = async (body: string, headers: Record<string, string> = {}) =>
    await host.fetch(
      new Request("http://localhost/api/observe", {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      }),
    );
  const self: VantageApp = {
    host,
    now: NOW,
    questions,
    ask,
    askSigned: (body) => ask(body, { "x-switchover-signature": sign(body, SECRET, self.now) }),
    end() {
      useVantage(undefined);
      host.abandon();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  useVantage({ ...made, probe, clock: { now: () => self.now } });
  return self;
}
