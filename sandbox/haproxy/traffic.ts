import type { Load } from "../../shared/observation";

/** When a connection ends, milliseconds since the epoch; Infinity while nobody knows. */
export type Connection = { until: number };

/** The connections of customers in one HAProxy. Beyond the limit none is taken: they wait in the system's backlog. */
export type Traffic = {
  begin(at: number): Connection | undefined;
  load(at: number): Load;
};

const SECOND_MS = 1_000;

export function startTraffic(limit: number): Traffic {
  let open: Connection[] = [];
  let begun: number[] = [];

  function forgetOld(at: number): void {
    open = open.filter((one) => one.until > at);
    begun = begun.filter((one) => one > at - SECOND_MS);
  }

  return {
    begin(at) {
      forgetOld(at);
      if (open.length >= limit) return undefined;
      const connection = { until: Number.POSITIVE_INFINITY };
      open.push(connection);
      begun.push(at);
      return connection;
    },
    load(at) {
      forgetOld(at);
      return { rate: begun.length, connections: open.length, limit };
    },
  };
}
