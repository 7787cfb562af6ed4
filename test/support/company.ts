import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { secretsFrom } from "../../adapters/settings/secrets";
import { createWorld } from "../../adapters/world";
import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import type { Estate } from "../../shared/estate";
import type { World } from "../../shared/world";
import { shippedEstate, TEST_SECRETS } from "./estate";

export const START = "2026-03-01T08:00:00.000Z";

export type Bench = {
  company: MemoryCompany;
  world: World;
  estate: Estate;
  pass(ms: number): void;
  end(): Promise<void>;
};

/** The company in memory, and the real adapters over it: what an activity needs, without an engine. */
export function openBench(estate: Estate = shippedEstate()): Bench {
  const folder = mkdtempSync(join(tmpdir(), "switchover-bench-"));
  const secrets = secretsFrom(TEST_SECRETS, estate);
  const company = memoryCompany(estate, { startAt: START, secrets });
  const pass = (ms: number) => company.advanceTo(new Date(Date.parse(company.now()) + ms).toISOString());
  const clock = { now: () => company.now(), sleep: async (ms: number) => pass(ms) };
  const ledger = openSqliteLedger({ file: join(folder, "ledger.db") });
  const world = createWorld({
    estate,
    secrets,
    ledger,
    clock,
    fetch: company.fetch,
    exchange: company.runtimeApi,
  });
  return {
    company,
    world,
    estate,
    pass,
    async end() {
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
