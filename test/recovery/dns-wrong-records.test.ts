import { readKnownRecords } from "../../shared/ledger/known-records";
import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate, shippedEstate } from "../support/estate";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink, reject } from "../support/people";

const cases = [
  { way: "typo", make: shippedEstate },
  { way: "unproxied", make: shippedEstate },
  { way: "stranger", make: shippedEstate },
  { way: "stranger", make: renamedEstate },
];

describe.each(modes)("records that lead out of the estate, %s", (mode) => {
  let drill: Drill;
  const manager = () => drill.estate.people.find((one) => one.role === "manager")?.name ?? "";
  const broken = async (way: string) => {
    await drill.advance(31_000);
    drill.company.break("dns-wrong-records", way);
    await drill.until("the manager is asked", () => hasLink(drill, manager()));
  };
  afterEach(async () => drill.end());

  it.each(cases)("by $way, are put back in place after one approval", async ({ way, make }) => {
    drill = await startDrill({ mode, estate: make() });
    const [good] = drill.company.truth().records;
    await broken(way);
    const [wrong] = drill.company.truth().records;
    expect(drill.changes()).toEqual([]);

    expect((await approve(drill, manager())).status).toBe(303);
    await drill.closed(400_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: "dns-wrong-records",
      system: "dns",
      outcome: "recovered",
      exposures: [],
      effects: [{ outcome: "done", old: expect.stringContaining(wrong?.content ?? "-") }],
    });
    expect(incident.plan?.evidence.join("\n")).toContain("Known good since");
    expect(drill.company.truth().records[0]).toEqual(good);
    await drill.until(
      "customers are served for 30 s",
      () => drill.company.truth().customers.streak >= 30,
      400_000,
    );
    await checkInvariants(drill);
  });

  it("are left as they are when a person says no, and asked about once", async () => {
    drill = await startDrill({ mode });
    await broken("typo");
    const wrong = drill.company.truth().records;
    expect((await reject(drill, manager(), "the new office's proxy, I set it")).status).toBe(303);
    await drill.closed();
    await drill.advance(90_000);
    expect(drill.changes()).toEqual([]);
    expect(drill.company.truth().records).toEqual(wrong);
    expect(await drill.incidents()).toMatchObject([{ outcome: "stood-down" }]);
    // What was refused has not become what is known good either.
    const known = await readKnownRecords(drill.ledger, drill.estate.service.hostname);
    expect(known?.records).not.toEqual(wrong);
    await checkInvariants(drill);
  });

  it("stay put back when that did not cure: nobody is led out of the estate again", async () => {
    drill = await startDrill({ mode });
    const good = drill.company.truth().records;
    await broken("typo");
    drill.afterUnit = async () => {
      if (drill.changes().length > 0) drill.company.cut("edge");
    };
    expect((await approve(drill, manager())).status).toBe(303);
    // The dead edge has an incident of its own, which waits for people.
    const theirs = async () => await drill.incident(await ofTheRecords());
    await drill.until("the records' is closed", async () => (await theirs()).state === "closed", 400_000);
    const incident = await theirs();
    expect(incident).toMatchObject({ finding: "dns-wrong-records", outcome: "handed-over" });
    expect(incident.says).toContain("can't be undone safely: 127.77.1.254 is not healthy now");
    expect(drill.company.truth().records).toEqual(good);
    expect(drill.changes()).toHaveLength(1);
    await checkInvariants(drill);
  });
  const ofTheRecords = async () =>
    (await drill.incidents()).find((one) => one.finding === "dns-wrong-records")?.id;

  it("which somebody corrects while we ask, are theirs", async () => {
    drill = await startDrill({ mode });
    await broken("typo");
    const backup = drill.estate.servers.find((one) => one.role === "backup")?.address ?? "";
    drill.company.editRecord(drill.estate.service.hostname, backup);
    await drill.closed();
    expect(drill.changes()).toEqual([]);
    expect(drill.company.truth().records[0]?.content).toBe(backup);
    expect((await drill.incident()).outcome).toBe("stood-down");
    await checkInvariants(drill);
  });
});
