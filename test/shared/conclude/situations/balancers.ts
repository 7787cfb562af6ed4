import type { Situation } from "../situation";

const CONFIGURATION = /puts the last file that worked back/;

export const balancers: Situation[] = [
  {
    name: "the balancer answers us and nobody else, and all its connections are taken",
    seen: {
      all: { customers: "silent", edge: "silent", "lb-1": "silent" },
      load: { "lb-1": { rate: 3, connections: 512, limit: 512 } },
    },
    finding: "balancer-saturated",
    target: "lb-1",
    confidence: "confirmed",
    runnerUp: "under-attack",
    missing: [],
    answer: /raises maxconn/,
  },
  {
    name: "the balancer finds no server up, and each of them serves whoever asks it",
    seen: {
      all: { customers: 503, edge: 503, "lb-1": 503 },
      haproxy: { "lb-1": { "api-main": "DOWN", "api-backup": "DOWN" } },
    },
    finding: "balancer-misconfigured",
    target: "lb-1",
    confidence: "confirmed",
    missing: [/whether lb-1 can reach the servers where they really are/],
    answer: CONFIGURATION,
  },
  {
    name: "the balancer refuses customers, and its Runtime API answers",
    seen: { all: { customers: 521, edge: 521, "lb-1": "refused" } },
    finding: "balancer-misconfigured",
    target: "lb-1",
    confidence: "confirmed",
    missing: [],
    answer: CONFIGURATION,
  },
];
