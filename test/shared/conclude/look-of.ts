import type { Estate } from "../../../shared/estate";
import type { PowerState } from "../../../shared/machine";
import {
  subjectText,
  type Load,
  type Look,
  type Observation,
  type ServerState,
  type Subject,
} from "../../../shared/observation";
import type { ProbeResult } from "../../../shared/probe";
import { interpret, questions } from "../../../shared/questions";

/** What a vantage's probe met: an HTTP status, or no answer. `unseen`: the probe itself got no result. */
export type Word = number | "refused" | "silent" | "nothing" | "unseen";

/**
 * By part: "customers", "dns", "edge", a balancer's name, and of a server "api-main health", "api-main customers",
 * or "api-main" for both.
 */
export type Seen = Record<string, Word>;

/** How a look differs from that of a well company. */
export type Snapshot = {
  /** As every vantage sees it; what one of them sees otherwise comes after. */
  all?: Seen;
  /** By vantage. "cut": it does not answer us. */
  only?: Record<string, Seen | "cut">;
  /** By balancer: its words for its servers, or "silent". */
  haproxy?: Record<string, Record<string, string> | "silent">;
  /** By balancer, how busy it says that it is; it says nothing of that when left out. */
  load?: Record<string, Load>;
  /** 5xx answers that the balancers have counted of a server. */
  errors?: Record<string, number>;
  /** What the provider's API says; null when it does not answer. */
  records?: string[] | null;
  /** New sessions a second that each balancer counts; it does not say when left out. */
  rate?: number;
  /** What Azure says of the machines it is asked about. Left out: nobody asked. */
  machines?: Record<string, PowerState>;
  at?: string;
};

/** The look that these words describe, made as the real one is: by the estate's questions and their interpretation. */
export function lookOf(estate: Estate, snapshot: Snapshot): Look {
  const outside = estate.vantages.flatMap(({ name }) => {
    const own = snapshot.only?.[name] ?? {};
    return questions(estate).map(({ of, probe }): Observation => {
      if (own === "cut") return { by: name, of, saw: "unknown", says: "the vantage did not answer" };
      return interpret(name, of, resultOf(probe.id, wordFor(of, { ...snapshot.all, ...own }), estate));
    });
  });
  const views = estate.balancers.flatMap(({ name }) => {
    const said = snapshot.haproxy?.[name] ?? {};
    const { rate } = snapshot;
    const load =
      snapshot.load?.[name] ?? (rate === undefined ? undefined : { rate, connections: 512, limit: 512 });
    const busy = load === undefined ? {} : { load };
    return said === "silent" ? [] : [{ balancer: name, servers: statesOf(estate, said, snapshot), ...busy }];
  });
  const inside = estate.balancers.map(({ name }): Observation => {
    const silent = snapshot.haproxy?.[name] === "silent";
    const says = silent ? "no answer: connect ECONNREFUSED" : "answers";
    return {
      by: "switchover",
      of: { kind: "balancer-view", name },
      saw: silent ? "unknown" : "healthy",
      says,
    };
  });
  const home = estate.balancers[0]?.address ?? "";
  const records = snapshot.records === undefined ? [home] : snapshot.records;
  const machines = Object.entries(snapshot.machines ?? {}).map(([name, power]) => ({
    name,
    power,
    says: power === "unknown" ? "no answer" : power,
  }));
  return {
    ...(machines.length === 0 ? {} : { machines }),
    at: snapshot.at ?? "2026-03-01T08:00:30.000Z",
    vantages: estate.vantages.map(({ name }) => ({ name, answered: snapshot.only?.[name] !== "cut" })),
    observations: [...outside, ...inside],
    views,
    records: records?.map((content) => ({ content, proxied: true })) ?? null,
  };
}

/** The name of a part, as the rows write it. */
function wordFor(of: Subject, seen: Seen): Word {
  if (!("name" in of)) return seen[of.kind] ?? 200;
  const [, what] = /^server-(\w+)$/.exec(of.kind) ?? [];
  return seen[what === undefined ? of.name : `${of.name} ${what}`] ?? seen[of.name] ?? 200;
}

function resultOf(id: string, word: Word, estate: Estate): ProbeResult | undefined {
  if (word === "unseen") return undefined;
  if (word === "nothing") return { id, kind: "resolved", addresses: [], tookMs: 1 };
  if (word === "refused") return { id, kind: "failed", reason: "connection refused", tookMs: 1 };
  if (word === "silent") return { id, kind: "failed", reason: "no connection within 2000 ms", tookMs: 2_000 };
  if (id === subjectText({ kind: "dns" }))
    return { id, kind: "resolved", addresses: [estate.cloudflare.edge?.address ?? ""], tookMs: 1 };
  return { id, kind: "answered", status: word, tookMs: 1 };
}

function statesOf(estate: Estate, said: Record<string, string>, snapshot: Snapshot): ServerState[] {
  return estate.servers.map(({ name, role }) => ({
    name,
    status: said[name] ?? "UP",
    check: (said[name] ?? "UP").startsWith("UP") ? "L7OK" : "L4CON",
    backup: role === "backup",
    errors: snapshot.errors?.[name] ?? 0,
    sessions: 0,
  }));
}
