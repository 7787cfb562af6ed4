import { testEstate, tlsRawEstate } from "../sandbox/estate";
import { modes, startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";

describe.each(modes)("a certificate that no browser takes, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode, estate: testEstate(tlsRawEstate) });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  it.each([
    ["expired", "has expired on 2026-02-26"],
    ["wrong-name", "is not for shop.example.com"],
  ])("(%s) is handed over with its dates and where the new one goes", async (way, is) => {
    drill.company.break("certificate-expired", way);
    await drill.closed();
    expect(await drill.incidents()).toMatchObject([
      { finding: "certificate-expired", outcome: "handed-over" },
    ]);
    const told = drill.company.phones().map((phone) => phone.messages.at(-1)?.text);
    expect(told).toHaveLength(drill.estate.people.length);
    for (const text of told) {
      expect(text).toContain(is);
      expect(text).toContain("the file that the balancer's bind line names after crt");
    }
    expect(drill.changes()).toEqual([]);
  });

  it.each(["expired", "wrong-name"])("(%s) that somebody replaces meanwhile is left alone", async (way) => {
    drill.company.break("certificate-expired", way);
    await drill.until("it is being looked at", async () => (await drill.incidents()).length === 1);
    drill.company.heal("certificate-expired");
    await drill.closed();
    expect(await drill.incidents()).toMatchObject([{ outcome: "stood-down" }]);
    expect(drill.changes()).toEqual([]);
  });
});
