import type { Seen } from "../look-of";
import type { Situation } from "../situation";

const OBSERVERS = /observers are suspect/;
const PERSON = /a person must classify/;

const allSilent: Seen = {
  customers: "silent",
  dns: "silent",
  edge: "silent",
  "lb-1": "silent",
  "api-main": "silent",
  "api-backup": "silent",
};

export const observers: Situation[] = [
  {
    name: "no vantage answers",
    seen: { only: { warsaw: "cut", dublin: "cut" } },
    finding: "observers-suspect",
    confidence: "none",
    missing: [/warsaw did not answer/, /dublin did not answer/],
    answer: OBSERVERS,
  },
  {
    name: "everything is red at once, DNS included",
    seen: { all: allSilent },
    finding: "observers-suspect",
    confidence: "none",
    missing: [],
    answer: OBSERVERS,
  },
  {
    name: "everything is red from the one vantage that answers",
    seen: { only: { warsaw: allSilent, dublin: "cut" } },
    finding: "observers-suspect",
    confidence: "none",
    missing: [/dublin did not answer/],
    answer: OBSERVERS,
  },
  {
    name: "one vantage is cut off, the other sees customers fail: one place can't confirm",
    seen: {
      all: { customers: 521, "lb-1": "refused" },
      only: { dublin: "cut" },
      haproxy: { "lb-1": "silent" },
    },
    finding: "unclear",
    confidence: "none",
    missing: [/dublin did not answer/, /balancer-view lb-1/],
    answer: PERSON,
  },
  {
    name: "one vantage is cut off, the other sees customers served: well, though nobody confirms it",
    seen: { only: { dublin: "cut" } },
    finding: "healthy",
    confidence: "likely",
    missing: [/dublin did not answer/],
    answer: "Customers are served.",
  },
  {
    name: "one vantage is blind: what it alone sees red is disputed",
    seen: { only: { warsaw: allSilent } },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: PERSON,
  },
  {
    name: "one vantage is blind, and the balancer is dead: both see that much",
    seen: {
      all: { customers: 521, "lb-1": "refused" },
      only: { warsaw: allSilent },
      haproxy: { "lb-1": "silent" },
    },
    finding: "balancer-host-down",
    target: "lb-1",
    confidence: "confirmed",
    runnerUp: "balancer-process-down",
    missing: [/balancer-view lb-1/],
    answer: "bypassDeadBalancer",
  },
  {
    name: "the vantages disagree: one does not reach the edge, the other not the balancer",
    seen: { only: { warsaw: { customers: "silent", edge: "silent" }, dublin: { "lb-1": "silent" } } },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: PERSON,
  },
  {
    name: "the vantages answer, and have no result for anything: unknown is not down",
    seen: {
      all: {
        customers: "unseen",
        dns: "unseen",
        edge: "unseen",
        "lb-1": "unseen",
        "api-main": "unseen",
        "api-backup": "unseen",
      },
    },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: PERSON,
  },
  {
    name: "customers fail, every part is well: nothing single explains it",
    seen: { all: { customers: 404 } },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: PERSON,
  },
];
