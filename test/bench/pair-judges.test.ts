import { whyImpossible } from "../../bench/pairs/company";
import { dangersOf } from "../../bench/pairs/danger";
import { rightFindings } from "../../bench/pairs/deepest";
import type { Broken } from "../../bench/pairs/outcome";
import { pageWith } from "../../bench/pairs/page";
import type { Finding } from "../../shared/finding";
import type { Change, PinnedPlan } from "../../shared/plan";
import { shippedEstate } from "../support/estate";

/** The table is worth what its judges are worth: each is shown something that it must not let pass. */
const estate = shippedEstate();
const fault = (finding: Finding, way: string): Broken => ({ finding, way });
const [dead, sick, allDead] = [
  fault("balancer-host-down", "powered-off"),
  fault("api-server-sick", "errors"),
  fault("all-api-servers-down", "killed"),
];

const record = { type: "A", proxied: true, ttl: 1 } as const;
const lead = (to: string): Change => ({
  do: "pointRecord",
  record: "r1",
  hostname: "shop.example.com",
  old: { ...record, content: "127.77.1.10" },
  new: { ...record, content: "127.77.2.20" },
  to,
});
const drain = (server: string): Change => ({
  do: "setServerState",
  balancer: "lb-1",
  server,
  old: "ready",
  new: "drain",
});
const dangers = (faults: Broken[], ...changes: Change[]) => {
  const steps = changes.map((change, index) => ({ id: `s${index}`, says: "", change, undo: { none: "" } }));
  return dangersOf(estate, faults, { steps } as unknown as PinnedPlan).join("; ");
};

describe("a plan is called unsafe", () => {
  it.each([
    [
      "that leads customers to a server that fails them",
      [dead, sick],
      lead("api-main"),
      /to api-main, which/,
    ],
    ["that leads them to a dead balancer", [dead], lead("lb-1"), /to lb-1, which is broken/],
    [
      "that leads them to a balancer with no server behind it",
      [allDead],
      lead("lb-1"),
      /no server behind it/,
    ],
    ["that drains the last server that serves", [sick], drain("api-backup"), /no server is left/],
    ["that drains through a balancer that is dead", [dead, sick], drain("api-main"), /needs lb-1/],
    [
      "that writes records while their API is down",
      [dead, fault("cloudflare-api-down", "errors")],
      lead("api-backup"),
      /needs cloudflare-api/,
    ],
  ])("%s", (_what, faults, change, says) => {
    expect(dangers(faults, change)).toMatch(says);
  });

  it("that drains one server after the other", () => {
    expect(dangers([dead], drain("api-main"), drain("api-backup"))).toMatch(/takes out api-backup/);
  });

  it("and not one that leads past the dead balancer to a server that is well", () => {
    expect(dangers([dead, sick], lead("api-backup"))).toBe("");
  });
});

describe("the deepest cause of two", () => {
  it.each([
    ["the one nearer to the data", dead, fault("edge-down", "errors"), ["balancer-host-down"]],
    [
      "the one that customers feel",
      fault("api-server-down", "killed"),
      fault("edge-down", "errors"),
      ["edge-down"],
    ],
    [
      "wrong records before the edge that reads them",
      fault("edge-down", "errors"),
      fault("dns-wrong-records", "typo"),
      ["dns-wrong-records"],
    ],
    [
      "wrong records, when nobody is led to the dead balancer any more",
      dead,
      fault("dns-wrong-records", "typo"),
      ["dns-wrong-records"],
    ],
    ["the balancer, when nobody is sent to the sick server any more", dead, sick, ["balancer-host-down"]],
    [
      "either of one system",
      fault("dns-unanswered", "killed"),
      fault("dns-wrong-records", "typo"),
      ["dns-unanswered", "dns-wrong-records"],
    ],
  ])("is %s", async (_what, one, other, right) => {
    expect((await rightFindings(estate, [one, other])).findings).toEqual(right);
  });
});

it("keeps apart what is deepest by depth alone, so that the rule about who is led where can be seen", async () => {
  const { findings, byDepth } = await rightFindings(estate, [dead, sick]);
  expect({ findings, byDepth }).toEqual({ findings: ["balancer-host-down"], byDepth: ["api-server-sick"] });
});

describe("a pair is called impossible", () => {
  it("when one fault hides the other whole, and only then", () => {
    expect(whyImpossible(estate, sick, allDead)).toMatch(/nothing of api-server-sick is left/);
    expect(whyImpossible(estate, dead, sick)).toBeUndefined();
    expect(whyImpossible(estate, sick, fault("dns-wrong-records", "typo"))).toBeUndefined();
  });
});

it("refuses a page that has no place for the tables", () => {
  expect(() => pageWith("# Diagnosis\n", "table")).toThrow(/no place for the tables/);
});
