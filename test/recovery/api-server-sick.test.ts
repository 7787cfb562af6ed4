import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate, shippedEstate } from "../support/estate";
import { checkInvariants } from "../support/invariants";

const estates = [
  { name: "the shipped company", make: shippedEstate },
  { name: "a company with every name changed", make: renamedEstate },
];

describe.each(modes)("an API server that passes its check and fails customers, %s", (mode) => {
  let drill: Drill;
  afterEach(async () => drill.end());

  it.each(estates)("is drained without asking and put back when it is well: $name", async ({ make }) => {
    drill = await startDrill({ mode, estate: make() });
    const main = drill.estate.servers.find((one) => one.role === "main")?.name ?? "";
    await drill.advance(31_000);
    expect(await drill.incidents()).toEqual([]);

    drill.company.break("api-server-sick");
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: "api-server-sick",
      system: "api-servers",
      outcome: "recovered",
      gates: [],
    });
    expect(incident.effects).toMatchObject([
      { resource: expect.stringContaining(main), old: "ready", new: "drain", outcome: "done" },
    ]);
    expect(incident.exposures).toMatchObject([{ closedAt: null, says: expect.stringContaining(main) }]);
    await drill.until("customers are served for 30 s", () => drill.company.truth().customers.streak >= 30);

    drill.company.heal("api-server-sick");
    await drill.until(
      "the server is back",
      async () => (await drill.incident(incident.id)).exposures[0]?.closedAt !== null,
    );
    const states = drill.changes().map(({ old, new: now }) => `${old}→${now}`);
    expect(states).toEqual(["ready→drain", "drain→ready"]);
    await checkInvariants(drill);
  });
});
