import { openItems } from "../../shared/ledger/items";
import { liftStop, putStop } from "../../shared/ledger/limits";
import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

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

  it("stays in, and everybody is told, when customers fail and no other server is left to serve them", async () => {
    drill.afterUnit = async () => {
      if (states().length === 2) drill.company.break("all-api-servers-down");
    };
    drill.company.heal("api-server-sick");
    await drill.until("the item is closed", isHome, 10 * MINUTE);
    delete drill.afterUnit;
    expect(states()).toEqual(["drain", "ready"]);
    const says = "is back in service, customers fail, and it can't be taken out again";
    expect((await drill.incident(incident)).exposures[0]?.closedSays).toContain(says);
    for (const { messages } of drill.company.phones())
      expect(messages.filter(({ text }) => text.includes(says))).toHaveLength(1);
  });

  it("is watched by a successor when whoever put it back was lost right then", async () => {
    let lost = false;
    drill.afterUnit = async () => {
      const [item] = await openItems(drill.ledger);
      if (lost || item === undefined || states().length < 2) return;
      if (drill.host().status(item.instance)?.runtimeStatus !== "Running") return;
      lost = true;
      drill.host().failInstance(item.instance, "node exited with code 137 (0x89)");
    };
    drill.company.heal("api-server-sick");
    await drill.until("it is home", isHome, 20 * MINUTE);
    expect(lost).toBe(true);
    expect((await drill.incident(incident)).exposures[0]?.closedSays).toContain("customers are served");
    expect(states()).toEqual(["drain", "ready"]);
  });
});

describe.each(modes)("a record that goes home by people's word, %s", (mode) => {
  let drill: Drill;
  let incident: string;
  const homeGates = async () =>
    (await drill.incident(incident)).gates.filter((gate) => gate.id.startsWith("home-"));
  const isHome = async () => (await drill.incident(incident)).exposures[0]?.closedAt !== null;

  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await approve(drill, "bo");
    await drill.until("it is bypassed", async () => (await drill.incidents())[0]?.state === "closed");
    incident = (await drill.incident()).id;
    drill.company.heal("balancer-host-down");
    await drill.until("going home is asked for", async () => (await homeGates()).length === 1, 5 * MINUTE);
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await checkInvariants(drill);
    await drill.end();
  });

  it("keeps their word while everything is stopped, and goes once the stop is lifted", async () => {
    await putStop(drill.ledger, { by: "ann", reason: "a look first", at: drill.world.clock.now() });
    await approve(drill, "bo");
    await drill.advance(10 * MINUTE);
    expect(drill.changes()).toHaveLength(1);
    await liftStop(drill.ledger);
    await drill.until("it is home", isHome, 10 * MINUTE);
    expect(await homeGates()).toMatchObject([{ state: "granted", votes: [{ person: "bo" }] }]);
  });

  it("asks the same question still when whoever asked was lost", async () => {
    const [item] = await openItems(drill.ledger);
    if (item === undefined) throw new Error("nothing is open");
    drill.host().failInstance(item.instance, "node exited with code 137 (0x89)");
    await approve(drill, "bo");
    await drill.until("it is home", isHome, 20 * MINUTE);
    expect(await homeGates()).toMatchObject([{ state: "granted", votes: [{ person: "bo" }] }]);
  });
});
