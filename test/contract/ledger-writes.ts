import type { Ledger, Write } from "../../shared/ledger/port";
import { keys, put, putAll, versionOf } from "./ledger-rows";

export function testConditions(ledger: () => Ledger): void {
  it("creates with `ifVersion: null` only where there is no row", async () => {
    expect(await ledger().commit("p", [{ put: "a", value: { first: true }, ifVersion: null }])).toBe(
      "committed",
    );
    expect(await ledger().commit("p", [{ put: "a", value: { first: false }, ifVersion: null }])).toBe(
      "conflict",
    );
    expect((await ledger().read("p", "a"))?.value).toEqual({ first: true });
  });

  it("replaces with a version only while it is the row's version", async () => {
    await put(ledger(), "a", { n: 1 });
    const version = await versionOf(ledger(), "a");
    expect(await ledger().commit("p", [{ put: "a", value: { n: 2 }, ifVersion: version }])).toBe("committed");
    expect(await ledger().commit("p", [{ put: "a", value: { n: 3 }, ifVersion: version }])).toBe("conflict");
    expect((await ledger().read("p", "a"))?.value).toEqual({ n: 2 });
  });

  it("does not replace a row that is gone", async () => {
    await put(ledger(), "a", {});
    const version = await versionOf(ledger(), "a");
    await ledger().commit("p", [{ remove: "a" }]);
    expect(await ledger().commit("p", [{ put: "a", value: {}, ifVersion: version }])).toBe("conflict");
    expect(await ledger().read("p", "a")).toBeUndefined();
  });

  it("writes over whatever is there when no condition is given", async () => {
    await put(ledger(), "a", { n: 1 });
    await put(ledger(), "a", { n: 2 });
    expect((await ledger().read("p", "a"))?.value).toEqual({ n: 2 });
  });

  it("removes with a version only while it is the row's version", async () => {
    await put(ledger(), "a", { n: 1 });
    const old = await versionOf(ledger(), "a");
    await put(ledger(), "a", { n: 2 });
    expect(await ledger().commit("p", [{ remove: "a", ifVersion: old }])).toBe("conflict");
    expect(await ledger().commit("p", [{ remove: "a", ifVersion: await versionOf(ledger(), "a") }])).toBe(
      "committed",
    );
    expect(await ledger().commit("p", [{ remove: "a", ifVersion: old }])).toBe("conflict");
  });

  it("removes what is not there without complaint", async () => {
    expect(await ledger().commit("p", [{ remove: "absent" }])).toBe("committed");
  });

  it("changes the version with every write, also with the same value", async () => {
    const seen = new Set<string>();
    for (let write = 0; write < 5; write++) {
      await put(ledger(), "a", { same: true });
      seen.add(await versionOf(ledger(), "a"));
    }
    expect(seen.size).toBe(5);
  });

  it("never gives a row that was removed and made again its old version", async () => {
    await put(ledger(), "a", {});
    const old = await versionOf(ledger(), "a");
    await ledger().commit("p", [{ remove: "a" }]);
    await put(ledger(), "a", {});
    expect(await versionOf(ledger(), "a")).not.toBe(old);
  });

  it("leaves the versions of other rows alone", async () => {
    await putAll(ledger(), ["a", "b"]);
    const version = await versionOf(ledger(), "b");
    await put(ledger(), "a", {});
    expect(await versionOf(ledger(), "b")).toBe(version);
  });
}

export function testBatches(ledger: () => Ledger): void {
  it("writes all of a batch", async () => {
    await put(ledger(), "old", {});
    const writes: Write[] = [
      { put: "a", value: { n: 1 }, ifVersion: null },
      { put: "b", value: { n: 2 } },
      { remove: "old" },
    ];
    expect(await ledger().commit("p", writes)).toBe("committed");
    expect(await keys(ledger(), { limit: 10 })).toEqual(["a", "b"]);
  });

  it.each([0, 1, 2])("writes nothing of a batch whose condition %i does not hold", async (broken) => {
    await put(ledger(), "there", { n: 1 });
    const version = await versionOf(ledger(), "there");
    const writes: Write[] = [
      { put: "new", value: {}, ifVersion: broken === 0 ? "no-such-version" : null },
      { put: "there", value: { n: 2 }, ifVersion: broken === 1 ? null : version },
      { remove: "gone", ...(broken === 2 ? { ifVersion: version } : {}) },
    ];
    expect(await ledger().commit("p", writes)).toBe("conflict");
    expect(await keys(ledger(), { limit: 10 })).toEqual(["there"]);
    expect((await ledger().read("p", "there"))?.value).toEqual({ n: 1 });
  });

  it("takes an empty batch for done", async () => {
    expect(await ledger().commit("p", [])).toBe("committed");
  });

  it("takes a hundred writes at once", async () => {
    const writes = Array.from({ length: 100 }, (_, at): Write => ({ put: `k${at}`, value: { at } }));
    expect(await ledger().commit("p", writes)).toBe("committed");
    expect(await keys(ledger(), { limit: 200 })).toHaveLength(100);
  });
}
