import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";

const MINUTE = 60_000;

describe.each(modes)("a drained server that goes home, %s", (mode) => {
  let drill: Drill;
  let incident: string;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
    drill.company.break("api-server-sick");
    await drill.until("it is drained", async () => (await drill.incidents())[0]?.state === "closed");
    incident = (await drill.incident()).id;
  });
  afterEach(async () => {
    await checkInvariants(drill);
    await drill.end();
  });

  const states = () => drill.changes().map((effect) => effect.new);
  const isHome = async () => (await drill.incident(incident)).exposures[0]?.closedAt !== null;

  it("is taken out again when customers fail once it is back, and goes home when it is well later", async () => {
    drill.afterUnit = async () => {
      if (states().length === 2) drill.company.break("api-server-sick");
    };
    drill.company.heal("api-server-sick");
    await drill.until("it is out again", () => states().length === 3, 10 * MINUTE);
    delete drill.afterUnit;
    drill.company.heal("api-server-sick");
    await drill.until("it is home", isHome, 10 * MINUTE);
    expect(states()).toEqual(["drain", "ready", "drain", "ready"]);
    expect(storyOf(await drill.incident(incident))).not.toContain("Somebody changed it");
  });
});
