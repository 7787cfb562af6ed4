import { noLedger } from "../../adapters/ledger/none";
import { readOnlyWorld } from "../../adapters/read-only-world";
import type { World } from "../../shared/world";
import { openBench, type Bench } from "../support/company";

let bench: Bench;
let world: World;
beforeEach(() => {
  bench = openBench();
  world = readOnlyWorld(bench.world);
});
afterEach(async () => bench.end());

const record = {
  id: "r",
  type: "A",
  name: "shop.example.com",
  content: "127.77.9.9",
  proxied: false,
  ttl: 60,
} as const;

describe("a world that only looks", () => {
  it.each([
    ["balancer.setState", async () => world.balancer("lb-1").setState("api-main", "drain")],
    ["records.update", async () => world.records.update(record)],
    ["pager.tell", async () => world.pager.tell("ann", { text: "hello" })],
    ["ledger.commit", async () => world.ledger.commit("p", [{ put: "k", value: {} }])],
  ])("refuses %s with a sentence, and nothing has happened", async (call, write) => {
    await expect(write()).rejects.toMatchObject({
      code: "READ_ONLY",
      message: expect.stringContaining(`${call} was refused: this run only looks`) as string,
    });
    expect(bench.company.effects()).toEqual([]);
    expect(await bench.world.ledger.list("p", { limit: 10 })).toEqual([]);
  });

  it("reads as before", async () => {
    const [first] = world.vantages;
    expect(first?.name).toBe("warsaw");
    expect((await world.records.read("shop.example.com")).map((one) => one.content)).toEqual(["127.77.1.10"]);
    expect((await world.balancer("lb-1").servers()).map((one) => one.name)).toContain("api-main");
    expect(world.clock.now()).toBe(bench.world.clock.now());
  });

  it("does not hand out a function that nobody has classified", () => {
    const more = { ...bench.world.records, purge: async () => undefined };
    expect(Object.keys(readOnlyWorld({ ...bench.world, records: more }).records)).toEqual(["read", "update"]);
  });
});

it("has no ledger that takes anything where there is none", async () => {
  await expect(noLedger.commit("p", [])).rejects.toMatchObject({ code: "READ_ONLY" });
  expect(await noLedger.read("p", "k")).toBeUndefined();
});
