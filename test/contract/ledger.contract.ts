import type { Ledger } from "../../shared/ledger/port";
import { testBounds, testReading, testValues } from "./ledger-reads";
import { put, versionOf } from "./ledger-rows";
import { testBatches, testConditions } from "./ledger-writes";

/** Opens the store that the test is about; opened twice, it is the same store seen by another process. */
export type OpenLedger = () => Promise<Ledger>;

/**
 * What every ledger must do, one suite for all of them. `store()` makes a fresh, empty store and returns
 * how to open it. A ledger that can't do all this can't hold the promises of shared/ledger/port.ts.
 */
export function testLedger(name: string, store: () => Promise<OpenLedger>): void {
  describe(`${name} as a ledger`, () => {
    let open: OpenLedger;
    let ledger: Ledger;
    beforeEach(async () => {
      open = await store();
      ledger = await open();
    });
    afterEach(() => ledger.close());

    testReading(() => ledger);
    testConditions(() => ledger);
    testBatches(() => ledger);
    testValues(() => ledger);
    testBounds(() => ledger);

    it("lets exactly one of many concurrent commits on one version win", async () => {
      const others = await Promise.all(Array.from({ length: 4 }, open));
      await put(ledger, "lease", { holder: "nobody" });
      const version = await versionOf(ledger, "lease");
      const tries = [ledger, ...others].map((each, holder) =>
        each.commit("p", [{ put: "lease", value: { holder }, ifVersion: version }]),
      );
      expect((await Promise.all(tries)).filter((said) => said === "committed")).toHaveLength(1);
      await Promise.all(others.map((each) => each.close()));
    });

    it("loses no increment when several read, add and commit until they win", async () => {
      const others = await Promise.all(Array.from({ length: 3 }, open));
      await put(ledger, "counter", { count: 0 });
      await Promise.all([ledger, ...others].map((each) => increment(each, 10)));
      expect((await ledger.read("p", "counter"))?.value).toEqual({ count: 40 });
      await Promise.all(others.map((each) => each.close()));
    });

    it("keeps what was committed when it is closed and opened again", async () => {
      await put(ledger, "kept", { yes: true });
      const version = await versionOf(ledger, "kept");
      await ledger.close();
      ledger = await open();
      expect(await ledger.read("p", "kept")).toEqual({ key: "kept", value: { yes: true }, version });
    });

    it("may be closed twice, and refuses to be used afterwards", async () => {
      await ledger.close();
      await ledger.close();
      await expect(ledger.read("p", "a")).rejects.toMatchObject({ code: "LEDGER_CLOSED" });
      await expect(ledger.commit("p", [{ put: "a", value: {} }])).rejects.toMatchObject({
        code: "LEDGER_CLOSED",
      });
    });
  });
}

async function increment(ledger: Ledger, times: number): Promise<void> {
  for (let done = 0, tries = 0; done < times && tries < 1_000; tries++) {
    const row = await ledger.read<{ count: number }>("p", "counter");
    if (!row) throw new Error("the counter is gone");
    const value = { count: row.value.count + 1 };
    if ((await ledger.commit("p", [{ put: "counter", value, ifVersion: row.version }])) === "committed")
      done++;
  }
}
