import { conclude } from "../../../shared/conclude/conclude";
import { exposureObjection } from "../../../shared/conclude/exposure";
import type { Estate } from "../../../shared/estate";
import type { Look } from "../../../shared/observation";
import { shippedEstate } from "../../support/estate";
import { flooded, seeing, wellLook } from "../../support/looks";

const estate = shippedEstate();
const lb = { kind: "balancer", name: "lb-1" } as const;
const customers = { kind: "customers" } as const;
const edge = { kind: "edge" } as const;
const well = wellLook(estate);
/** Customers and the edge itself get this. */
const through = (look: Look, status: number | "refused") =>
  seeing(seeing(look, customers, status), edge, status);
const silent = (look: Look, code: string): Look => ({
  ...look,
  records: null,
  recordsFailed: { code, says: `${code}: it said so.` },
});
const noEdge: Estate = {
  ...estate,
  cloudflare: {
    api: estate.cloudflare.api,
    token: estate.cloudflare.token,
    zone: estate.cloudflare.zone,
  },
};
const withoutEdge = (look: Look): Look => ({
  ...look,
  observations: look.observations.filter((one) => one.of.kind !== "edge"),
});

type Row = [string, string, Look, Estate?];
const rows: Row[] = [
  ["an edge that answers an error of its own", "edge-down", through(well, 500)],
  ["an edge that nobody reaches", "edge-down", through(well, "refused")],
  ["an error that the edge only passes on", "unclear", seeing(through(well, 503), lb, 503)],
  [
    "a dead edge that the records do not lead through",
    "unclear",
    { ...through(well, 500), records: [{ content: estate.balancers[0]?.address ?? "", proxied: false }] },
  ],
  [
    "an edge that one vantage alone can't reach",
    "unclear",
    seeing(seeing(well, customers, "refused"), edge, 500, "warsaw"),
  ],
  ["a dead edge that can't be asked by itself", "edge-down", withoutEdge(through(well, 500)), noEdge],
  ["a dead edge and a dead API", "edge-and-api-down", silent(through(well, 500), "CLOUDFLARE_UNREACHABLE")],
  ["a dead edge and an API that fails", "edge-and-api-down", silent(through(well, 500), "CLOUDFLARE_FAILED")],
  [
    "a dead edge and a token that is refused",
    "edge-down",
    silent(through(well, 500), "CLOUDFLARE_TOKEN_REFUSED"),
  ],
  ["a dead API", "cloudflare-api-down", silent(well, "CLOUDFLARE_UNREACHABLE")],
  ["a limit that we ran into", "healthy", silent(well, "CLOUDFLARE_RATE_LIMITED")],
  ["a token that is refused", "healthy", silent(well, "CLOUDFLARE_TOKEN_REFUSED")],
  ["an edge that is turned away by a healthy origin", "edge-cannot-reach-origin", through(well, 521)],
  ["an edge that does not trust the origin's certificate", "edge-cannot-reach-origin", through(well, 526)],
  [
    "the same while the API is down",
    "edge-cannot-reach-origin",
    silent(through(well, 522), "CLOUDFLARE_FAILED"),
  ],
  [
    "an edge that can't reach an origin which is dead",
    "balancer-misconfigured",
    seeing(through(well, 521), lb, "refused"),
  ],
  ["a flood while customers fail", "under-attack", flooded(through(well, 522), 50)],
  ["a flood that hurts nobody", "healthy", flooded(well, 500)],
  [
    "many customers, and not ten times as many as ever",
    "edge-cannot-reach-origin",
    flooded(through(well, 522), 49),
  ],
  [
    "a flood while every server fails under it",
    "under-attack",
    estate.servers.reduce(
      (look, { name }) => seeing(look, { kind: "server-customers", name }, 500),
      flooded(through(well, 503), 400),
    ),
  ],
];

it.each(rows)("%s is %s", (_what, finding, look, company = estate) => {
  expect(conclude(look, company).finding).toBe(finding);
});

it("keeps the API's own words among what was not seen", () => {
  const { missing } = conclude(silent(well, "CLOUDFLARE_TOKEN_REFUSED"), estate);
  expect(missing).toEqual(["the DNS provider's API did not answer: CLOUDFLARE_TOKEN_REFUSED: it said so."]);
});

it("says that no break-glass name is configured, where there is none", () => {
  const { says } = conclude(silent(through(well, 500), "CLOUDFLARE_FAILED"), estate);
  expect(says).toContain("No break-glass name is configured");
});

it("can't tell an attack where nobody said what the busiest hour is", () => {
  const { busiestRate: _, ...service } = estate.service;
  expect(conclude(flooded(through(well, 522), 400), { ...estate, service }).finding).not.toBe("under-attack");
});

describe("what speaks against showing the origin", () => {
  const unknownLoad = { ...well, views: well.views.map(({ balancer, servers }) => ({ balancer, servers })) };
  it.each<[string, Look, string[]]>([
    ["nothing, when it serves directly", through(well, 500), []],
    ["an attack", flooded(well, 50), [expect.stringContaining("an attack is in progress")]],
    ["an attack that can't be ruled out", unknownLoad, [expect.stringContaining("can't be ruled out")]],
    [
      "an origin that answers errors",
      seeing(well, lb, 503),
      [expect.stringContaining("does not serve under")],
    ],
    [
      "an origin that can't be reached",
      seeing(well, lb, "refused"),
      [expect.stringContaining("does not serve under")],
    ],
    [
      "records that can't be read",
      silent(well, "CLOUDFLARE_FAILED"),
      [expect.stringContaining("is not known")],
    ],
    [
      "a record that leads elsewhere",
      { ...well, records: [...(well.records ?? []), { content: "192.0.2.99", proxied: true }] },
      [expect.stringContaining("no part of the estate")],
    ],
  ])("%s", (_what, look, objections) => {
    expect(exposureObjection(look, estate)).toEqual(objections);
  });
});
