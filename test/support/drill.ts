import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { secretsFrom } from "../../adapters/settings/secrets";
import { createWorld } from "../../adapters/world";
import { useWorld } from "../../functions/edge/world";
import { Hostile, openHost, type Host } from "../../host/index";
import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import type { Effect } from "../../sandbox/types";
import type { Estate } from "../../shared/estate";
import type { IncidentDetail, IncidentSummary } from "../../shared/incident";
import type { Ledger } from "../../shared/ledger/port";
import type { World } from "../../shared/world";
import hostJson from "../../host.json";
import { shippedEstate, TEST_SECRETS } from "./estate";
import { watchIntents } from "./intents";
import { isRestartedAfter, missedBy, type Lived, type Mode } from "./modes";
import { theApp } from "./the-app";

export { modes, type Mode } from "./modes";

const HOSTILE_PATIENCE = 8;

const START = "2026-03-01T08:00:00.000Z";

export type Drill = {
  company: MemoryCompany;
  world: World;
  ledger: Ledger;
  host(): Host;
  estate: Estate;
  /** Virtual time: the company and the engine move together. */
  advance(ms: number): Promise<void>;
  /** Second by second, until it is so; throws with the incident's record when it is not within `ms`. */
  until(what: string, isSo: () => Promise<boolean> | boolean, ms?: number): Promise<void>;
  /** Until the newest incident is closed. */
  closed(within?: number): Promise<void>;
  incidents(): Promise<IncidentSummary[]>;
  incident(id?: string): Promise<IncidentDetail>;
  /** The changes of ours so far; what a person of the company changed is not among them. */
  changes(): Effect[];
  /** Those of them that no row of the ledger had announced when they were made. */
  unannounced(): Effect[];
  get(path: string): Promise<Response>;
  /** The text behind the path; throws when there is none. */
  page(path: string): Promise<string>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
  restart(): Promise<void>;
  /** What became of the host so far. */
  lived(): Lived;
  /** Called after every unit of the engine's work: a turn, an activity, a tick. */
  afterUnit?: () => Promise<void>;
  /** Throws when the drill did not live through what its mode promises. */
  end(): Promise<void>;
};

export type DrillOptions = {
  mode: Mode;
  estate?: Estate;
  tune?: (estate: Estate) => void;
  /** When the company's time begins. Time runs on only when the drill says so. */
  startAt?: string;
  /** Of the hostile mode: which of Azure's bad days it is. */
  seed?: number;
  /** Asked before and after every commit, the engine's and the ledger's; `true` kills the process there. */
  crash?: (point: string) => boolean;
};

export async function startDrill(options: DrillOptions): Promise<Drill> {
  const estate = options.estate ?? shippedEstate();
  options.tune?.(estate);
  process.env["NAGIOS_WEBHOOK_SECRET"] = TEST_SECRETS["NAGIOS_WEBHOOK_SECRET"];
  const folder = mkdtempSync(join(tmpdir(), "switchover-drill-"));
  const secrets = secretsFrom(TEST_SECRETS, estate);
  const company = memoryCompany(estate, { startAt: options.startAt ?? START, secrets });
  const clock = {
    now: () => company.now(),
    sleep: async (ms: number) => company.advanceTo(new Date(Date.parse(company.now()) + ms).toISOString()),
  };
  let dead = false;
  const crashPoint = (point: string) => {
    if (dead) throw new Error("this process is dead");
    if (options.crash?.(point) !== true) return;
    dead = true;
    host.abandon();
    throw new Error(`killed at ${point}`);
  };
  const file = openSqliteLedger({ file: join(folder, "ledger.db") });
  const intents = watchIntents(file, company);
  const ledger = options.crash === undefined ? intents.ledger : crashingLedger(intents.ledger, crashPoint);
  const world = createWorld({
    estate,
    secrets,
    ledger,
    clock,
    fetch: company.fetch,
    exchange: company.runtimeApi,
  });
  useWorld(world);

  const app = await theApp();
  const hostile = options.mode === "hostile" ? new Hostile({ seed: options.seed ?? 1 }) : undefined;
  const open = () =>
    openHost({
      app,
      stateFile: join(folder, "host.db"),
      hostJson,
      clock: { now: () => Date.parse(company.now()) },
      mode: "manual",
      log: () => undefined,
      ...(hostile === undefined ? {} : { hostile }),
      ...(options.crash === undefined ? {} : { onCommit: crashPoint }),
    });
  let host = await open();
  const lived: Lived = { units: { turn: 0, activity: 0, "timer-trigger": 0 }, restarts: 0, deeds: 0 };
  const restart = async () => {
    host.abandon();
    dead = false;
    host = await open();
    lived.restarts += 1;
  };
  const step = async () => {
    try {
      return await host.step();
    } catch (thrown) {
      if (!dead) throw thrown;
    } finally {
      if (dead) await restart();
    }
    return "turn" as const;
  };
  /** A process that is killed in the middle of a request answers nothing; whoever asked tries again later. */
  const ask = async (request: Request): Promise<Response> => {
    try {
      return await host.fetch(request);
    } catch (thrown) {
      if (!dead) throw thrown;
      return new Response(null, { status: 500 });
    } finally {
      if (dead) await restart();
    }
  };
  const settle = async () => {
    for (let unit = await step(); unit !== undefined; unit = await step()) {
      lived.units[unit] += 1;
      if (isRestartedAfter(unit) && options.mode === "restarted after every turn") await restart();
      await drill.afterUnit?.();
    }
  };
  const advance = async (ms: number) => {
    const target = Date.parse(company.now()) + ms;
    for (;;) {
      await settle();
      const due = Math.min(host.nextDueAt() ?? Number.POSITIVE_INFINITY, target);
      const now = Date.parse(company.now());
      if (now >= target) return;
      company.advanceTo(new Date(Math.max(due, now)).toISOString());
      if (due >= target) return await settle();
    }
  };
  const drill: Drill = {
    company,
    world,
    ledger,
    estate,
    host: () => host,
    advance,
    restart,
    async until(what, isSo, within = 180_000) {
      // A hostile platform brings work back a minute late, and loses two orchestrations in half an hour.
      const ms = options.mode === "hostile" ? within * HOSTILE_PATIENCE : within;
      for (let waited = 0; waited <= ms; waited += 1_000) {
        await settle();
        if (await isSo()) return;
        await advance(1_000);
      }
      const story = await Promise.all(
        (await drill.incidents()).map(async (one) => storyOf(await drill.incident(one.id))),
      );
      const deeds = hostile === undefined ? "" : `\n${host.hostileLog().slice(-40).join("\n")}`;
      throw new Error(`Not within ${ms / 1_000} s: ${what}\n${story.join("\n\n")}${deeds}`);
    },
    closed: (within) =>
      drill.until(
        "the incident is closed",
        async () => (await drill.incidents())[0]?.state === "closed",
        within,
      ),
    changes: () =>
      company.effects().filter((effect) => effect.by !== "somebody" && effect.old !== effect.new),
    unannounced: () => intents.unannounced(),
    get: (path) => ask(new Request(`http://localhost${path}`)),
    async page(path) {
      const answer = await drill.get(path);
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`);
      return await answer.text();
    },
    post: (path, fields) =>
      ask(
        new Request(`http://localhost${path}`, {
          method: "POST",
          body: new URLSearchParams(fields),
          redirect: "manual",
        }),
      ),
    async incidents() {
      return ((await (await drill.get("/api/incidents")).json()) as { incidents: IncidentSummary[] })
        .incidents;
    },
    async incident(id) {
      const wanted = id ?? (await drill.incidents())[0]?.id;
      return (await (await drill.get(`/api/incidents/${wanted}`)).json()) as IncidentDetail;
    },
    lived: () => ({ ...lived, deeds: host.hostileLog().length }),
    async end() {
      const missed = missedBy(options.mode, drill.lived());
      host.abandon();
      useWorld(undefined);
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
      if (missed !== undefined) throw new Error(`Not a drill in the mode "${options.mode}": ${missed}.`);
    },
  };
  return drill;
}

/** The real ledger, whose process can be killed right before and right after every commit. */
function crashingLedger(ledger: Ledger, at: (point: string) => void): Ledger {
  return {
    ...ledger,
    async commit(partition, writes) {
      at("ledger:before");
      const done = await ledger.commit(partition, writes);
      at("ledger:after");
      return done;
    },
  };
}

export function storyOf(incident: IncidentDetail): string {
  const lines = incident.timeline.map((line) => `  ${line.at.slice(11, 19)} ${line.stage}: ${line.says}`);
  return [`${incident.id} ${incident.finding} ${incident.state} ${incident.outcome}`, ...lines].join("\n");
}
