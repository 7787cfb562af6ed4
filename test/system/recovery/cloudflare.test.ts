import { until } from "../../support/until";
import { approve, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";

/** Customers' resolvers keep the edge's address for 300 s, which verification waits for. */
const PATIENCE = 400_000;

describe("CloudFlare in front of a company on real sockets", () => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  const waitFor = async <T>(what: string, look: () => Promise<T | undefined | false>) =>
    until(what, look, { within: PATIENCE, story: whole.asked.story });
  const served = () =>
    waitFor("customers are served", async () => (await whole.asked.truth()).customers.streak > 2);
  const closed = () =>
    waitFor("the incident is closed", async () => {
      const incident = await whole.asked.incident();
      return incident.state === "closed" && incident;
    });
  const record = async () => (await whole.asked.truth()).records[0];
  const goneHome = async (id: string) => {
    const { asked } = whole;
    const asks = async () => (await asked.incident(id)).gates.filter((gate) => gate.state === "pending");
    await waitFor("going home is asked for", async () => (await asks()).length === 1);
    // A code counts once; the next one comes within half a minute.
    await waitFor("a new code is taken", async () => (await approve(asked, "bo")).status === 303);
    await waitFor("it is home", async () => (await asked.incident(id)).exposures[0]?.closedAt !== null);
  };

  it("is bypassed when its edge is dead, and stands in front again when it is back and people say so", async () => {
    const { asked, place } = whole;
    await served();
    await asked.break("edge-down", "dropped");
    await waitFor("the manager is asked", () => linkOf(asked, "bo"));
    expect(await asked.effects()).toEqual([]);
    expect((await approve(asked, "bo")).status).toBe(303);
    const { id, ...incident } = await closed();
    expect(incident).toMatchObject({ finding: "edge-down", outcome: "recovered" });
    const address = place.estate.balancers[0]?.address;
    expect(await record()).toMatchObject({ content: address, proxied: false, ttl: 60 });

    await asked.heal("edge-down");
    await goneHome(id);
    expect(await record()).toMatchObject({ content: address, proxied: true });
    expect((await asked.effects()).map((one) => `${one.by} ${one.kind}`)).toEqual([
      "cloudflare-api dns-record",
      "cloudflare-api dns-record",
    ]);
  }, 900_000);
});
