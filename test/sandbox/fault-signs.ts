import { deadAddress } from "../../sandbox/parts";
import type { Body } from "./body";
import { wellSigns, type Signs } from "./signs";

const places = ["warsaw", "dublin"];

/** The same word for several probes, from both vantages. */
function bothSee(word: string, ...probes: string[]): Signs {
  return Object.fromEntries(places.flatMap((place) => probes.map((probe) => [`${place}: ${probe}`, word])));
}

function insideSees(word: string, ...servers: string[]): Signs {
  return Object.fromEntries(
    ["lb-1", "lb-2"].flatMap((balancer) => servers.map((one) => [`${balancer} says ${one}`, word])),
  );
}

function everySign(company: Body, of: RegExp, word: string): Signs {
  return Object.fromEntries(
    Object.keys(wellSigns(company))
      .filter((one) => of.test(one))
      .map((one) => [one, word]),
  );
}

const viaLb1 = (word: string) => ({ "lb-1 says api-main": word, "lb-1 says api-backup": word });
const main = ["api-main health", "api-main customers"];
const backup = ["api-backup health", "api-backup customers"];
const balancers = ["lb-1", "lb-2"];

const lb1Refuses = () => ({
  ...bothSee("521", "customers", "edge"),
  ...bothSee("refused", "lb-1"),
  ...viaLb1("refused"),
});

/** A dead process and a machine that is off look the same over the network; who tells them apart is Azure. */
function gone(fault: string, ways: string[], signs: () => Signs): [string, string, () => Signs][] {
  return ways.map((way) => [fault, way, signs]);
}

/** By fault and way: what looks different from a well company, and how. */
export const signsOfFaults: [string, string, (company: Body) => Signs][] = [
  ...gone("balancer-process-down", ["killed", "stopped", "broken"], lb1Refuses),
  ...gone("balancer-host-down", ["powered-off", "with-azure"], lb1Refuses),
  [
    "balancer-host-down",
    "dropped",
    () => ({ ...bothSee("522", "customers", "edge"), ...bothSee("silent", "lb-1"), ...viaLb1("silent") }),
  ],
  [
    "balancer-misconfigured",
    "no-servers",
    () => ({
      ...bothSee("503", "customers", "edge", "lb-1"),
      ...viaLb1("unlisted"),
    }),
  ],
  [
    "balancer-misconfigured",
    "wrong-servers",
    () => ({ ...bothSee("503", "customers", "edge", "lb-1"), ...viaLb1("DOWN") }),
  ],
  [
    "balancer-misconfigured",
    "wrong-port",
    () => ({ ...bothSee("521", "customers", "edge"), ...bothSee("refused", "lb-1") }),
  ],
  ["balancer-saturated", "held", () => bothSee("silent", "customers", "edge", "lb-1")],
  ["balancer-saturated", "lowered", () => bothSee("silent", "customers", "edge", "lb-1")],
  [
    "api-server-sick",
    "errors",
    () => bothSee("500", "customers", "edge", ...balancers, "api-main customers"),
  ],
  [
    "api-server-sick",
    "slow",
    () => bothSee("silent", "customers", "edge", ...balancers, "api-main customers"),
  ],
  ...gone("api-server-down", ["killed", "stopped", "powered-off", "deallocated"], () => ({
    ...bothSee("refused", ...main),
    ...insideSees("DOWN", "api-main"),
  })),
  ["api-server-down", "hung", () => ({ ...bothSee("silent", ...main), ...insideSees("DOWN", "api-main") })],
  ...gone("all-api-servers-down", ["killed", "powered-off"], () => ({
    ...bothSee("503", "customers", "edge", ...balancers),
    ...bothSee("refused", ...main, ...backup),
    ...insideSees("DOWN", "api-main", "api-backup"),
  })),
  [
    "all-api-servers-down",
    "unhealthy",
    () => ({
      ...bothSee("503", "customers", "edge", ...balancers, "api-main health", "api-backup health"),
      ...bothSee("500", "api-main customers", "api-backup customers"),
      ...insideSees("DOWN", "api-main", "api-backup"),
    }),
  ],
  [
    "all-api-servers-down",
    "hung",
    () => ({
      ...bothSee("503", "customers", "edge", ...balancers),
      ...bothSee("silent", ...main, ...backup),
      ...insideSees("DOWN", "api-main", "api-backup"),
    }),
  ],
  ["edge-down", "errors", () => bothSee("500", "customers", "edge")],
  ["edge-down", "dropped", () => bothSee("silent", "customers", "edge")],
  [
    "edge-and-api-down",
    "errors",
    () => ({ ...bothSee("500", "customers", "edge"), "cloudflare-api": "500" }),
  ],
  [
    "edge-and-api-down",
    "dropped",
    () => ({ ...bothSee("silent", "customers", "edge"), "cloudflare-api": "silent" }),
  ],
  ["edge-cannot-reach-origin", "dropped", () => bothSee("522", "customers", "edge")],
  ["edge-cannot-reach-origin", "refused", () => bothSee("521", "customers", "edge")],
  ["under-attack", "flood", () => bothSee("silent", "customers", "edge", "lb-1")],
  ["under-attack", "direct", () => bothSee("silent", "customers", "edge", "lb-1")],
  ["cloudflare-api-down", "errors", () => ({ "cloudflare-api": "500" })],
  ["cloudflare-api-down", "dropped", () => ({ "cloudflare-api": "silent" })],
  ["dns-unanswered", "dropped", () => bothSee("silent", "customers", "dns")],
  ["dns-unanswered", "killed", () => bothSee("refused", "customers", "dns")],
  ["dns-wrong-records", "typo", () => bothSee("521", "customers", "edge")],
  [
    "dns-wrong-records",
    "unproxied",
    (company) => ({
      ...bothSee("530", "edge"),
      ...bothSee(
        `${company.estate.service.hostname} leads to ${deadAddress(company.estate)}, which is neither public nor in the configuration`,
        "customers",
      ),
      ...bothSee(deadAddress(company.estate), "dns"),
    }),
  ],
  ["observers-suspect", "cut", (company) => everySign(company, /^(warsaw|dublin):/, "unseen")],
  ["observers-suspect", "blind", (company) => everySign(company, /^(warsaw|dublin):/, "silent")],
  ["unclear", "one-vantage-blind", (company) => everySign(company, /^warsaw:/, "silent")],
  [
    "unclear",
    "disagree",
    () => ({
      "warsaw: customers": "silent",
      "warsaw: edge": "silent",
      "dublin: lb-1": "silent",
      "dublin: lb-2": "silent",
    }),
  ],
];

/** The same of a company whose customers speak TLS: the edge says 526 of an origin whose certificate is bad. */
export const signsOfCertificates: typeof signsOfFaults = [
  ["certificate-expired", "expired", () => bothSee("526", "customers", "edge")],
  ["certificate-expired", "wrong-name", () => bothSee("526", "customers", "edge")],
];
