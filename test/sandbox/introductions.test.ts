import { introductions } from "../../sandbox/introductions";
import { testEstate } from "./estate";

const company = testEstate();
const real = { name: "lb-1", haproxy: "HAProxy 2.6.12", real: true };
const standIn = { name: "lb-1", haproxy: "a stand-in", real: false };
const said = (given: Partial<Parameters<typeof introductions>[0]>) =>
  introductions({
    estate: company,
    balancers: [real],
    standInWanted: false,
    port: 7072,
    faults: [],
    cuts: [],
    ...given,
  });

test("says which HAProxy a balancer runs, and why it is a stand-in", () => {
  expect(said({})).toContain("lb-1 runs HAProxy 2.6.12.");
  expect(said({ balancers: [standIn] })).toContain(
    "lb-1 runs a stand-in for HAProxy, because there is none on this machine.",
  );
  expect(said({ balancers: [standIn], standInWanted: true })).toContain(
    "lb-1 runs a stand-in for HAProxy, as --stand-in asks.",
  );
});

test("says what is still broken from before, because nobody broke it in front of the reader", () => {
  expect(said({}).join("\n")).not.toContain("still");
  expect(said({ faults: [{ name: "api-server-sick", way: "slow" }], cuts: ["dublin", "edge"] })).toEqual(
    expect.arrayContaining([
      "api-server-sick (slow) is still broken from before.",
      "dublin is still cut off from before.",
      "edge is still cut off from before.",
    ]),
  );
});
