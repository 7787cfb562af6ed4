import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askPeople } from "../../activities/ask-people";
import { look } from "../../activities/look";
import { nameFinding } from "../../activities/name-finding";
import { pinPlan } from "../../activities/pin-plan";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { secretsFrom } from "../../adapters/settings/secrets";
import { createWorld } from "../../adapters/world";
import { bypassDeadBalancer } from "../../orchestrations/plans/bypass-dead-balancer";
import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import { conclude } from "../../shared/conclude/conclude";
import { isRefusal } from "../../shared/errors";
import type { Fence } from "../../shared/fence";
import { all } from "../../shared/ledger/change";
import { openIncident } from "../../shared/ledger/incidents";
import type { Ledger, Range, Write } from "../../shared/ledger/port";
import { pinnedPlan } from "../../shared/ledger/record";
import type { World } from "../../shared/world";
import { shippedEstate, TEST_SECRETS } from "../support/estate";

const START = "2026-03-01T08:00:00.000Z";
export const INCIDENT = "inc-20260301080000-model";
export const GATE = "out-1";
export const SYSTEM = "load-balancer";

/** Who asked for the plan, and how many must approve it. */
export type Question = { quorum: number; requestedBy: string | null };

/** What the company and the ledger saw, in the order in which it happened. */
export type Happening =
  | { kind: "committed"; at: string; partition: string; writes: Write[] }
  | { kind: "written"; at: string };

/** The real thing: the company in memory, the real ledger in a file, and one open question to people. */
export type Rig = {
  company: MemoryCompany;
  world: World;
  question: Question;
  /** All that ever owned the incident; the last one does now. */
  fences: Fence[];
  hash: string;
  /** What the plan says may be lost. */
  losses: string[];
  happened: Happening[];
  /** The code that the person used last, for sending it again. */
  lastCode: Map<string, string>;
  /** What was answered "counted", in this order: the model is not asked. */
  accepted: { person: string; vote: "approve" | "reject" }[];
  pass(ms: number): void;
  /** Closes the ledger's file and opens it again. */
  restart(): Promise<void>;
  /** Does `intrusion` just before the `at`-th access to the ledger of `work`. Says whether it came to that. */
  during<T>(at: number, intrusion: () => Promise<void>, work: () => Promise<T>): Promise<T>;
  /** All that the ledger holds, as text. */
  everything(): Promise<string>;
  end(): Promise<void>;
};

export async function openRig(question: Question): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "switchover-model-"));
  const estate = shippedEstate();
  const secrets = secretsFrom(TEST_SECRETS, estate);
  const company = memoryCompany(estate, { startAt: START, secrets });
  const clock = { now: () => company.now(), sleep: async (ms: number) => pass(ms) };
  const pass = (ms: number) => company.advanceTo(new Date(Date.parse(company.now()) + ms).toISOString());
  const file = { file: join(folder, "ledger.db") };
  let open = openSqliteLedger(file);
  let before: () => Promise<void> = async () => undefined;
  const happened: Happening[] = [];
  const ledger: Ledger = {
    async read<T extends object>(partition: string, key: string) {
      await before();
      return await open.read<T>(partition, key);
    },
    async list<T extends object>(partition: string, range: Range) {
      await before();
      return await open.list<T>(partition, range);
    },
    async commit(partition, writes) {
      await before();
      const done = await open.commit(partition, writes);
      if (done === "committed") happened.push({ kind: "committed", at: company.now(), partition, writes });
      return done;
    },
    close: () => open.close(),
  };
  company.beforeWrite = () => void happened.push({ kind: "written", at: company.now() });
  const { fetch, runtimeApi: exchange } = company;
  const world = createWorld({ estate, secrets, ledger, clock, fetch, exchange });
  pass(10_000);
  company.break("balancer-host-down");
  pass(10_000);
  const asked = await ask(world, question);
  return {
    company,
    world,
    question,
    ...asked,
    happened,
    lastCode: new Map(),
    accepted: [],
    pass,
    async restart() {
      await open.close();
      open = openSqliteLedger(file);
    },
    async during(at, intrusion, work) {
      let access = 0;
      before = async () => {
        access += 1;
        if (access !== at + 1) return;
        before = async () => undefined;
        await intrusion();
      };
      try {
        return await work();
      } finally {
        before = async () => undefined;
      }
    },
    everything: async () =>
      JSON.stringify(
        await Promise.all(
          ["incidents", `incident:${INCIDENT}`, "links", "people", "audit"].map((one) => all(open, one, "")),
        ),
      ),
    async end() {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An incident on what is broken, its plan pinned with the wanted quorum, and people asked: as `recover` does it. */
async function ask(
  world: World,
  { quorum, requestedBy }: Question,
): Promise<Pick<Rig, "fences" | "hash" | "losses">> {
  const fence: Fence = { incident: INCIDENT, epoch: 1, instance: INCIDENT };
  await openIncident(world.ledger, {
    id: INCIDENT,
    scope: "diagnosis",
    at: world.clock.now(),
    because: "a model",
  });
  const diagnosis = conclude(await look({}, world), world.estate);
  await nameFinding({ fence, finding: diagnosis.finding }, world);
  const plan = { ...bypassDeadBalancer, quorum };
  const pinned = await pinPlan(
    { fence, run: "out", number: 1, plan, diagnosis, requestedBy, byHand: requestedBy !== null },
    world,
  );
  if (isRefusal(pinned)) throw new Error(pinned.says);
  await askPeople({ fence, run: "out" }, world);
  const row = await pinnedPlan(world.ledger, INCIDENT, "out");
  return { fences: [fence], hash: pinned.hash, losses: row?.plan.losses ?? [] };
}
