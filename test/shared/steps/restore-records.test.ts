import { look } from "../../../activities/look";
import { watch } from "../../../activities/watch";
import type { Engine } from "../../../shared/engine";
import { isRefusal } from "../../../shared/errors";
import { INCIDENTS, openIncident } from "../../../shared/ledger/incidents";
import { readKnownRecords } from "../../../shared/ledger/known-records";
import { resolveRestore } from "../../../shared/steps/restore-records";
import type { DnsRecord } from "../../../shared/world";
import { openBench, type Bench } from "../../support/company";

const engine: Engine = {
  start: async () => undefined,
  ring: async () => undefined,
  state: async () => "alive",
};
const HOST = "shop.example.com";

describe("putting records back", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  const tick = () => watch({}, bench.world, engine);
  const known = () => readKnownRecords(bench.world.ledger, HOST);
  const resolve = async () =>
    resolveRestore({ target: HOST, seen: await look({}, bench.world), world: bench.world });
  /** The provider's API as it would be with these records. */
  const withRecords = (change: (records: DnsRecord[]) => DnsRecord[]) => {
    const { records } = bench.world;
    bench.world.records = { ...records, read: async (hostname) => change(await records.read(hostname)) };
  };

  it("sets what was seen good last: address, proxy and TTL, and says since when", async () => {
    await tick();
    bench.pass(30_000);
    await tick();
    bench.company.break("dns-wrong-records", "unproxied");
    const made = await resolve();
    expect(made).toMatchObject({
      changes: [
        {
          change: {
            do: "pointRecord",
            to: "lb-1",
            old: { content: "127.77.1.254", proxied: false, ttl: 60 },
            new: { content: "127.77.1.10", proxied: true, ttl: 1 },
          },
          undo: { to: "127.77.1.254", new: { content: "127.77.1.254" } },
        },
      ],
      notes: [
        "Known good since 2026-03-01T08:00:10.000Z, last seen so at 2026-03-01T08:00:40.000Z: A 127.77.1.10 proxied ttl 1.",
      ],
    });
  });

  it("refuses when the records were never seen good", async () => {
    bench.company.break("dns-wrong-records");
    await tick();
    expect(await known()).toBeUndefined();
    expect(await resolve()).toMatchObject({ refused: "NOTHING_KNOWN_GOOD" });
  });

  it("refuses when what is known good is not healthy now", async () => {
    await tick();
    bench.company.break("balancer-host-down");
    bench.company.break("dns-wrong-records");
    expect(await resolve()).toMatchObject({
      refused: "TARGET_NOT_HEALTHY",
      says: expect.stringContaining("lb-1"),
    });
  });

  it.each(["errors", "dropped"])("refuses when the provider's API is down (%s)", async (way) => {
    await tick();
    bench.company.break("dns-wrong-records");
    const seen = await look({}, bench.world);
    bench.company.break("cloudflare-api-down", way);
    expect(await resolveRestore({ target: HOST, seen, world: bench.world })).toMatchObject({
      refused: "PROVIDER_SILENT",
    });
  });

  it("refuses when the part it led to has left the estate", async () => {
    await tick();
    bench.company.break("dns-wrong-records");
    const [balancer] = bench.estate.balancers;
    if (balancer) balancer.address = "127.77.1.99";
    expect(await resolve()).toMatchObject({ refused: "NOTHING_KNOWN_GOOD" });
  });

  it("leaves a record that leads to another part of the estate to whoever pointed it there", async () => {
    await tick();
    bench.company.editRecord(HOST, "127.77.2.20");
    const made = await resolve();
    expect(made).toMatchObject({
      refused: "NOTHING_TO_RESTORE",
      says: expect.stringContaining("api-backup"),
    });
  });

  it("neither creates what is missing nor deletes what is extra, and says both", async () => {
    await tick();
    withRecords((records) => records.map((one) => ({ ...one, id: "another", content: "127.77.1.254" })));
    const made = await resolve();
    expect(made).toMatchObject({ refused: "NOTHING_TO_RESTORE" });
    expect(isRefusal(made) && made.says).toContain("A 127.77.1.10 proxied ttl 1 is missing");
    expect(isRefusal(made) && made.says).toContain("A 127.77.1.254 proxied ttl 1 is new");
  });

  it("puts the one back that leads out, and leaves the extra one", async () => {
    await tick();
    bench.company.break("dns-wrong-records");
    withRecords((records) => [...records, ...records.map((one) => ({ ...one, id: "extra" }))]);
    const made = await resolve();
    expect(made).toMatchObject({
      changes: [{ change: { to: "lb-1" } }],
      notes: [/Known/, /is new/].map(matching),
    });
  });

  it("notes nothing while an incident is open, or while a stranger answers", async () => {
    await openIncident(bench.world.ledger, {
      id: "inc-1",
      scope: "diagnosis",
      at: bench.world.clock.now(),
      because: "a test",
    });
    await tick();
    expect(await known()).toBeUndefined();
    await bench.world.ledger.commit(INCIDENTS, [{ remove: "lease/diagnosis" }]);
    bench.company.break("dns-wrong-records", "stranger");
    delete bench.estate.service.answersNameServer;
    expect((await tick()).diagnosis).toMatchObject({
      finding: "dns-wrong-records",
      says: expect.stringContaining("somebody answers customers there"),
    });
    expect(await known()).toBeUndefined();
  });
});

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
