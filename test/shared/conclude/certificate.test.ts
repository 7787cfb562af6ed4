import { look } from "../../../activities/look";
import { balancerFit } from "../../../shared/conclude/balancer-fit";
import { conclude } from "../../../shared/conclude/conclude";
import { exposureObjection } from "../../../shared/conclude/exposure";
import type { Look } from "../../../shared/observation";
import { testEstate, tlsRawEstate } from "../../sandbox/estate";
import { openBench, type Bench } from "../../support/company";

let bench: Bench;
beforeEach(() => {
  bench = openBench(testEstate(tlsRawEstate));
  bench.pass(10_000);
});
afterEach(async () => bench.end());

const diagnosis = async (change: (seen: Look) => void = () => undefined) => {
  const seen = await look({}, bench.world);
  change(seen);
  return conclude(seen, bench.estate);
};
const showing = (facts: object, by?: string) => (seen: Look) => {
  for (const one of seen.observations)
    if (one.certificate !== undefined && one.of.kind === "balancer" && (by ?? one.by) === one.by)
      Object.assign(one.certificate, facts);
};

it.each([
  ["expired", /lb-1 answers, but its certificate has expired on 2026-02-26/],
  ["wrong-name", /lb-1 answers, but its certificate is not for shop\.example\.com/],
])("names a certificate that is bad (%s), with its dates", async (way, says) => {
  bench.company.break("certificate-expired", way);
  bench.pass(20_000);
  expect(await diagnosis()).toMatchObject({
    finding: "certificate-expired",
    target: "lb-1",
    confidence: "confirmed",
    says: expect.stringMatching(says) as string,
  });
  bench.company.heal("certificate-expired");
  bench.pass(20_000);
  expect(await diagnosis()).toMatchObject({ finding: "healthy", evidence: [expect.any(String)] });
});

it("names one whose signer nobody trusts", async () => {
  bench.company.break("certificate-expired", "wrong-name");
  bench.pass(5_000);
  const seen = await diagnosis(showing({ fits: true, trusted: false, issuer: "lb-1 itself" }));
  expect(seen.says).toBe(
    "lb-1 answers, but its certificate is signed by lb-1 itself, whom the vantages don't trust: no customer's browser takes it.",
  );
});

it("warns two weeks before the end, and not earlier", async () => {
  const at = (days: number) =>
    showing({ notAfter: new Date(Date.parse(bench.company.now()) + days * 86_400_000).toISOString() });
  expect((await diagnosis(at(14.5))).evidence).toHaveLength(1);
  expect(await diagnosis(at(9.5))).toMatchObject({
    finding: "healthy",
    evidence: expect.arrayContaining([
      "lb-1's certificate expires in 9 days, on 2026-03-10",
      "lb-2's certificate expires in 9 days, on 2026-03-10",
    ]) as string[],
  });
});

it("says of one that has expired and harms nobody yet that it has", async () => {
  expect((await diagnosis(showing({ notAfter: "2026-02-01T00:00:00.000Z" }))).evidence).toContain(
    "lb-1's certificate has expired on 2026-02-01",
  );
});

it("believes no single vantage: its clock or its roots may be what is wrong", async () => {
  bench.company.break("edge-down", "errors");
  bench.pass(5_000);
  const one = await diagnosis(showing({ trusted: false }, "warsaw"));
  expect(one.finding).toBe("edge-down");
});

it("leads nobody to a balancer whose certificate no browser takes", async () => {
  const seen = await look({}, bench.world);
  expect(balancerFit(seen, bench.estate, "lb-2")).toBe(true);
  showing({ fits: false })(seen);
  expect(balancerFit(seen, bench.estate, "lb-2")).toBe(false);
  expect(exposureObjection(seen, bench.estate)).toContain("lb-1's certificate is not for shop.example.com");
});
