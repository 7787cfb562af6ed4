import type { Ledger } from "../../shared/ledger/port";

/** Short ways to write and look, for the suites of the ledger. Everything happens in partition "p". */
export async function put(ledger: Ledger, key: string, value: object): Promise<void> {
  expect(await ledger.commit("p", [{ put: key, value }])).toBe("committed");
}

export async function putAll(ledger: Ledger, keys: string[]): Promise<void> {
  expect(
    await ledger.commit(
      "p",
      keys.map((key) => ({ put: key, value: { key } })),
    ),
  ).toBe("committed");
}

export async function keys(
  ledger: Ledger,
  range: { prefix?: string; after?: string; limit: number },
): Promise<string[]> {
  return (await ledger.list("p", range)).map((row) => row.key);
}

export async function versionOf(ledger: Ledger, key: string): Promise<string> {
  const row = await ledger.read("p", key);
  if (!row) throw new Error(`there is no row ${key}`);
  return row.version;
}
