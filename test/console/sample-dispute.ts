import type { Observation } from "../../shared/observation";

/** Vantages that see otherwise than each other, and one that sees nothing. */
export function sampleDispute(): Observation[] {
  const healthy = { saw: "healthy", says: "answered 200 (api-main)" } as const;
  const silent = { saw: "down", says: "no connection within 2000 ms" } as const;
  const mute = { saw: "unknown", says: "the vantage did not answer: VANTAGE_UNREACHABLE" } as const;
  const customers = { kind: "customers" } as const;
  const edge = { kind: "edge" } as const;
  return [
    { by: "warsaw", of: customers, ...silent },
    { by: "dublin", of: customers, ...healthy },
    { by: "lisbon", of: customers, ...mute },
    { by: "warsaw", of: edge, ...silent },
    { by: "dublin", of: edge, saw: "healthy", says: "answered 200" },
    { by: "lisbon", of: edge, ...mute },
    { by: "warsaw", of: { kind: "dns" }, saw: "healthy", says: "resolves to 203.0.113.10" },
    { by: "dublin", of: { kind: "dns" }, saw: "healthy", says: "resolves to 203.0.113.10" },
  ];
}
