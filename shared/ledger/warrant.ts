/** By what right a plan is carried out: armed in the configuration, or granted at this gate. */
export type Warrant = { kind: "automatic" } | { kind: "gate"; gate: string };
