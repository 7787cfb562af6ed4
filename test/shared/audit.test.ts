import { audit, firstBrokenLink, verifyNewLinks } from "../../shared/ledger/audit";
import { openBench, type Bench } from "../support/company";

describe("the audit", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = openBench();
    for (let n = 1; n <= 250; n++)
      await audit(bench.world, { actor: "ann", action: "test", subject: "x", detail: `entry ${n}` });
  });
  afterEach(async () => bench.end());
  const key = (seq: number) => `entry/${String(seq).padStart(10, "0")}`;
  const read = async (seq: number) =>
    (await bench.world.ledger.read<{ detail: string }>("audit", key(seq)))?.value ?? { detail: "" };

  it("holds from the first entry to the last, also when many write at once", async () => {
    await Promise.all(
      Array.from({ length: 10 }, () =>
        audit(bench.world, { actor: "bo", action: "test", subject: "x", detail: "at once" }),
      ),
    );
    expect(await firstBrokenLink(bench.world)).toBeUndefined();
    expect(await verifyNewLinks(bench.world)).toBeUndefined();
  });

  it("shows an entry that was changed", async () => {
    await bench.world.ledger.commit("audit", [
      { put: key(120), value: { ...(await read(120)), detail: "nothing happened" } },
    ]);
    expect(await firstBrokenLink(bench.world)).toBe(120);
    expect(await verifyNewLinks(bench.world)).toBe(120);
  });

  it("shows an entry that was taken out", async () => {
    await bench.world.ledger.commit("audit", [{ remove: key(7) }]);
    expect(await firstBrokenLink(bench.world)).toBe(7);
  });

  it("shows entries that were cut off at the end", async () => {
    await bench.world.ledger.commit("audit", [{ remove: key(250) }, { remove: key(249) }]);
    expect(await firstBrokenLink(bench.world)).toBe(249);
  });

  it("verifies only what is new on each tick, and finds what is broken there", async () => {
    expect(await verifyNewLinks(bench.world)).toBeUndefined();
    await audit(bench.world, { actor: "ann", action: "test", subject: "x", detail: "one more" });
    await bench.world.ledger.commit("audit", [
      { put: key(251), value: { ...(await read(251)), detail: "changed" } },
    ]);
    expect(await verifyNewLinks(bench.world)).toBe(251);
  });
});
