import { isWhole, noteKnownRecords, readKnownRecords } from "../../shared/ledger/known-records";
import type { DnsRecord } from "../../shared/world";
import { openBench, type Bench } from "../support/company";

const good: DnsRecord = {
  id: "r1",
  type: "A",
  name: "shop.example.com",
  content: "127.77.1.10",
  proxied: true,
  ttl: 1,
};
const AT = "2026-03-01T08:00:00.000Z";
const LATER = "2026-03-01T08:00:30.000Z";

describe("the last known good records", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
  });
  afterEach(async () => bench.end());
  const note = (records: DnsRecord[], at: string) =>
    noteKnownRecords(bench.world.ledger, good.name, records, at);
  const known = () => readKnownRecords(bench.world.ledger, good.name);

  it("keep the time since when they are so, in whatever order they are read", async () => {
    const second = { ...good, id: "r0", content: "127.77.1.20" };
    await note([good, second], AT);
    await note([second, good], LATER);
    expect(await known()).toEqual({ hostname: good.name, records: [second, good], since: AT, at: LATER });
    await note([good], "2026-03-01T08:01:00.000Z");
    expect(await known()).toMatchObject({ since: "2026-03-01T08:01:00.000Z", records: [good] });
  });

  it("are not replaced by an older look, by none, or by more than can be known", async () => {
    await note([good], LATER);
    await note([{ ...good, content: "127.77.2.20" }], AT);
    await note([], "2026-03-01T09:00:00.000Z");
    await note(
      Array.from({ length: 21 }, (_, index) => ({ ...good, id: `r${index}` })),
      "2026-03-01T09:00:00.000Z",
    );
    expect(await known()).toMatchObject({ at: LATER, records: [good] });
  });

  it("are those of the name that was asked for", async () => {
    await note([good], AT);
    expect(await readKnownRecords(bench.world.ledger, "other.example.com")).toBeUndefined();
  });

  it("are known in full or not at all", () => {
    expect(isWhole(good)).toBe(true);
    expect(isWhole({ content: good.content, proxied: true })).toBe(false);
  });
});
