import type { Effect, FaultView, Phone, Truth } from "../../../sandbox/types";
import type { IncidentDetail, IncidentSummary } from "../../../shared/incident";
import type { Place } from "./place";

/** What `GET /company` says of each part. */
export type CompanyView = {
  company: string;
  console: string;
  parts: { name: string; kind: string; addresses: string[]; pid: number | null }[];
  haproxyIsReal: boolean;
  nagios: { secret: string };
};

/** A running Switchover and its sandbox company, asked over HTTP as anybody would. Everything throws when nobody answers. */
export type Asked = {
  send(path: string, init?: RequestInit): Promise<Response>;
  /** A form, as a browser posts it. */
  post(path: string, fields: Record<string, string>): Promise<Response>;
  incidents(): Promise<IncidentSummary[]>;
  /** The newest one, when no id is given. */
  incident(id?: string): Promise<IncidentDetail>;
  faults(): Promise<FaultView[]>;
  truth(): Promise<Truth>;
  effects(): Promise<Effect[]>;
  phones(): Promise<Phone[]>;
  company(): Promise<CompanyView>;
  break(fault: string, way?: string): Promise<unknown>;
  heal(fault: string): Promise<unknown>;
  reset(): Promise<unknown>;
  /** The record of every incident, for an error that somebody must understand. */
  story: () => Promise<string>;
};

/** Whoever was stopped or is wedged must not keep a test for ever. */
const DEADLINE_MS = 10_000;

export function askAt(place: Place): Asked {
  const call = (port: number, path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...init,
    });
  const json = async <T>(port: number, path: string, method = "GET"): Promise<T> => {
    const answer = await call(port, path, { method });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  };
  const sandbox = <T>(path: string, method?: string) => json<T>(place.sandboxPort, path, method);

  const asked: Asked = {
    send: (path, init) => call(place.port, path, init),
    post: (path, fields) => call(place.port, path, { method: "POST", body: new URLSearchParams(fields) }),
    incidents: async () =>
      (await json<{ incidents: IncidentSummary[] }>(place.port, "/api/incidents")).incidents,
    async incident(id) {
      const wanted = id ?? (await asked.incidents())[0]?.id;
      if (wanted === undefined) throw new Error("There is no incident.");
      return json(place.port, `/api/incidents/${wanted}`);
    },
    faults: () => sandbox("/faults"),
    truth: () => sandbox("/truth"),
    effects: () => sandbox("/effects"),
    phones: () => sandbox("/phones"),
    company: () => sandbox("/company"),
    break: (fault, way) => sandbox(`/faults/${fault}${way === undefined ? "" : `?way=${way}`}`, "POST"),
    heal: (fault) => sandbox(`/faults/${fault}`, "DELETE"),
    reset: () => sandbox("/reset", "POST"),
    async story() {
      try {
        const all = await asked.incidents();
        return (await Promise.all(all.map(async ({ id }) => storyOf(await asked.incident(id))))).join("\n\n");
      } catch (thrown) {
        return `No record to be had: ${String(thrown)}`;
      }
    },
  };
  return asked;
}

export function storyOf(incident: IncidentDetail): string {
  return [
    `${incident.id} ${incident.finding} ${incident.state} ${incident.outcome}`,
    ...incident.timeline.map((line) => `  ${line.at.slice(11, 23)} ${line.stage}: ${line.says}`),
    ...incident.gates.map((gate) => `  gate ${gate.id} ${gate.state}: ${JSON.stringify(gate.votes)}`),
    ...incident.effects.map((one) => `  effect ${one.resource} ${one.old} → ${one.new}: ${one.outcome}`),
  ].join("\n");
}
