import type { Estate } from "../../shared/estate";
import { subjectText, type Look, type Observation, type Subject } from "../../shared/observation";
import { questions } from "../../shared/questions";

/** What two vantages and the balancers see of a company that is well. */
export function wellLook(estate: Estate): Look {
  const observations = estate.vantages.flatMap(({ name }) =>
    questions(estate).map(({ of }): Observation => {
      const says = of.kind === "dns" ? "resolves to the edge" : "answered 200";
      return { by: name, of, saw: "healthy", says, ...(of.kind === "dns" ? {} : { status: 200 }) };
    }),
  );
  const servers = estate.servers.map((one) => ({
    name: one.name,
    status: "UP",
    check: "L7OK",
    backup: one.role === "backup",
    errors: 0,
    sessions: 0,
  }));
  return {
    at: "2026-03-01T08:00:00.000Z",
    vantages: estate.vantages.map(({ name }) => ({ name, answered: true })),
    observations,
    views: estate.balancers.map(({ name }) => ({
      balancer: name,
      servers,
      load: { rate: 2, connections: 3, limit: 512 },
    })),
    records: [{ content: estate.balancers[0]?.address ?? "", proxied: true }],
  };
}

/** The same look, but for what is seen of one thing: an HTTP status, or that it can't be reached. By one vantage only, when it is named. */
export function seeing(look: Look, of: Subject, status: number | "refused", by?: string): Look {
  const observations = look.observations.map((one): Observation => {
    if (subjectText(one.of) !== subjectText(of) || (by !== undefined && one.by !== by)) return one;
    if (status === "refused") return { by: one.by, of: one.of, saw: "down", says: "connection refused" };
    const alive =
      of.kind === "balancer" || (of.kind === "edge" && status >= 520 && status <= 526) || status < 300;
    return { ...one, saw: alive ? "healthy" : "down", says: `answered ${status}`, status };
  });
  return { ...look, observations };
}

/** The same look, with so many new sessions a second in every balancer. */
export function flooded(look: Look, rate: number): Look {
  return {
    ...look,
    views: look.views.map((one) => ({ ...one, load: { rate, connections: 512, limit: 512 } })),
  };
}
