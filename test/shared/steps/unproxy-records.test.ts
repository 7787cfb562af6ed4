import Cloudflare from "cloudflare";
import { look } from "../../../activities/look";
import { unsafe } from "../../../shared/changes";
import { isRefusal } from "../../../shared/errors";
import type { Look } from "../../../shared/observation";
import { resolveUnproxied } from "../../../shared/steps/unproxy-records";
import { testEstate } from "../../sandbox/estate";
import { openBench, type Bench } from "../../support/company";
import { TEST_SECRETS } from "../../support/estate";
import { flooded } from "../../support/looks";

describe("taking the service's name out of the proxy", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench(testEstate());
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  const resolve = async (seen?: Look) => {
    const { world } = bench;
    return await resolveUnproxied({ target: "edge", seen: seen ?? (await look({}, world)), world });
  };
  const changes = async () => {
    const resolved = await resolve();
    if (isRefusal(resolved)) throw new Error(resolved.says);
    return resolved.changes;
  };
  const addRecord = async (content: string, proxied: boolean) => {
    const { api, zone } = bench.estate.cloudflare;
    const apiToken = TEST_SECRETS["CLOUDFLARE_API_TOKEN"] ?? "";
    const client = new Cloudflare({ apiToken, baseURL: api, fetch: bench.company.fetch });
    const name = bench.estate.service.hostname;
    await client.dns.records.create({
      zone_id: zone.id,
      type: "A",
      name,
      content,
      proxied,
      ttl: proxied ? 1 : 60,
    });
  };

  it("changes all proxied records at once, each at its own address, with the way back", async () => {
    await addRecord("127.77.1.20", true);
    const all = await changes();
    expect(all.map(({ change }) => change)).toMatchObject([
      { to: "lb-1", new: { content: "127.77.1.10", proxied: false, ttl: 60 } },
      { to: "lb-2", new: { content: "127.77.1.20", proxied: false, ttl: 60 } },
    ]);
    for (const { change, undo } of all) expect(undo).toEqual({ ...change, old: change.new, new: change.old });
    expect(await resolve()).toMatchObject({ to: "lb-1 and lb-2" });
  });

  it("leaves alone what is DNS only already", async () => {
    await addRecord("127.77.1.20", false);
    expect(await changes()).toHaveLength(1);
  });

  it("refuses when one of them leads to nobody we know", async () => {
    await addRecord("127.77.250.1", true);
    expect(await resolve()).toMatchObject({
      refused: "NO_HEALTHY_TARGET",
      says: expect.stringContaining("127.77.250.1"),
    });
  });

  it("refuses when the name is out of the proxy already", async () => {
    const [record] = bench.company.truth().records;
    if (record === undefined) throw new Error("there is no record");
    await bench.world.records.update({ ...record, proxied: false, ttl: 60 });
    expect(await resolve()).toMatchObject({ refused: "ALREADY_SO" });
  });

  it.each([
    ["the balancer is dead", "balancer-host-down", "powered-off", "ORIGIN_NOT_READY"],
    ["nobody behind it serves", "all-api-servers-down", "killed", "ORIGIN_NOT_READY"],
    ["CloudFlare's API fails", "cloudflare-api-down", "errors", "CONTROL_PLANE_SILENT"],
    ["CloudFlare's API is cut off", "cloudflare-api-down", "dropped", "CONTROL_PLANE_SILENT"],
    ["an attack is going on", "under-attack", "direct", "UNDER_ATTACK"],
  ])("refuses while %s", async (_what, fault, way, refused) => {
    bench.company.break(fault, way);
    bench.pass(10_000);
    expect(await resolve()).toMatchObject({ refused });
  });

  it("is refused again right before the write, when an attack has begun since", async () => {
    const [one] = await changes();
    if (one === undefined || "none" in one.undo) throw new Error("nothing to change");
    const seen = await look({}, bench.world);
    expect(unsafe(one.change, seen, bench.estate)).toBeUndefined();
    expect(unsafe(one.change, flooded(seen, 50), bench.estate)).toMatchObject({ refused: "UNDER_ATTACK" });
    // Back behind the proxy is where it is safe in an attack; without one, not while the edge is dead.
    const { undo } = one;
    expect(unsafe(undo, flooded(seen, 50), bench.estate)).toBeUndefined();
    // That is said of the same address only: to another one nobody is led unseen, attack or not.
    if (undo.do !== "pointRecord") throw new Error("another change");
    const elsewhere = { ...undo, to: "nowhere", new: { ...undo.new, content: "203.0.113.99" } };
    expect(unsafe(elsewhere, flooded(seen, 50), bench.estate)).toMatchObject({
      refused: "TARGET_NOT_HEALTHY",
    });
    bench.company.break("edge-down");
    const later = await look({}, bench.world);
    expect(unsafe(undo, later, bench.estate)).toMatchObject({ refused: "EDGE_NOT_WELL" });
    expect(unsafe(undo, flooded(later, 50), bench.estate)).toBeUndefined();
  });
});
