import type { Estate } from "../../shared/estate";
import type { ObserveResponse, Probe } from "../../shared/probe";
import type { AdminState } from "../../shared/world";
import { memoryCompany, type Effect, type Phone, type Truth } from "../../sandbox/memory";
import { SIGNATURE_HEADER, signatureOf } from "../../sandbox/signature";
import { testSecrets } from "./estate";

/** The company, in memory or on real sockets, as a test meets it. */
export type Body = {
  estate: Estate;
  secrets: (ref: string) => string;
  nowMs(): number;
  fetch: typeof fetch;
  runtimeApi(url: string, command: string): Promise<string>;
  break(fault: string, way?: string): Promise<unknown>;
  heal(fault: string): Promise<unknown>;
  cut(part: string): Promise<unknown>;
  mend(part: string): Promise<unknown>;
  reset(): Promise<unknown>;
  editRecord(hostname: string, content: string): Promise<unknown>;
  setServer(server: string, state: AdminState): Promise<unknown>;
  truth(): Promise<Truth>;
  effects(): Promise<Effect[]>;
  phones(): Promise<Phone[]>;
  /** Lets a second pass. */
  second(): Promise<void>;
};

export function memoryBody(estate: Estate): Body {
  const company = memoryCompany(estate, { startAt: "2026-01-01T00:00:00Z", secrets: testSecrets });
  return {
    estate,
    secrets: testSecrets,
    nowMs: () => Date.parse(company.now()),
    fetch: company.fetch,
    runtimeApi: company.runtimeApi,
    break: async (fault, way) => company.break(fault, way),
    heal: async (fault) => company.heal(fault),
    cut: async (part) => company.cut(part),
    mend: async (part) => company.mend(part),
    reset: async () => company.reset(),
    editRecord: async (hostname, content) => company.editRecord(hostname, content),
    setServer: async (server, state) => company.setServer(server, state),
    truth: async () => company.truth(),
    effects: async () => company.effects(),
    phones: async () => company.phones(),
    second: async () => company.advanceTo(new Date(Date.parse(company.now()) + 1_000).toISOString()),
  };
}

/** A question as Switchover asks it: signed, and not waited for longer than a little more than its probes take. */
export async function observe(
  body: Body,
  vantage: string,
  probes: Probe[],
  timeoutMs = 2_000,
): Promise<ObserveResponse> {
  const place = body.estate.vantages.find((one) => one.name === vantage);
  if (place === undefined) throw new Error(`no vantage ${vantage}`);
  const question = JSON.stringify({ probes, timeoutMs });
  const answer = await body.fetch(`${place.url}/api/observe`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [SIGNATURE_HEADER]: signatureOf(question, body.secrets(place.secret), body.nowMs()),
    },
    body: question,
    signal: AbortSignal.timeout(timeoutMs * 2),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as ObserveResponse;
}

/** Lets seconds pass until `seen` is as expected; after 25 of them jest compares, and shows the difference. */
export async function eventually<T>(body: Body, seen: () => Promise<T>, expected: T): Promise<void> {
  const until = body.nowMs() + 25_000;
  const wanted = JSON.stringify(sorted(expected));
  let last = await seen();
  while (JSON.stringify(sorted(last)) !== wanted && body.nowMs() < until) {
    await body.second();
    last = await seen();
  }
  expect(last).toEqual(expected);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
