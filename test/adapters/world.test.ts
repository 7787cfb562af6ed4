import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { createWorld, type WorldOptions } from "../../adapters/world";
import { secretsFrom } from "../../adapters/settings/secrets";
import { fakeFetch, testEstate } from "./estate";

const env = {
  CLOUDFLARE_API_TOKEN: "token",
  VANTAGE_SECRET: "vantage",
  TOTP_ANN: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  SWITCHOVER_LINK_SECRET: "0123456789abcdef0123456789abcdef",
};
const folder = mkdtempSync(join(tmpdir(), "switchover-world-"));
const ledger = openSqliteLedger({ file: join(folder, "ledger.db"), env: {} });
afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function world(options: Partial<WorldOptions> = {}) {
  const estate = testEstate();
  return createWorld({ estate, secrets: secretsFrom(env, estate), ledger, ...options });
}

it("reaches the estate's parts by their names, through the ports it was given", async () => {
  const sent: string[] = [];
  const exchange = async (url: string, command: string) => {
    sent.push(`${url} ${command}`);
    return "\n";
  };
  const { fetch, requests } = fakeFetch(() => new Response("ok"));
  const made = world({ exchange, fetch });
  await made.balancer("lb-1").setState("api-main", "drain");
  await made.pager.tell("ann", { text: "Hello" });
  expect(made.vantages.map(({ name }) => name)).toEqual(["warsaw", "dublin"]);
  expect(sent).toEqual(["tcp://192.0.2.20:9999 set server api/api-main state drain"]);
  expect(requests.map(({ url }) => url)).toEqual(["https://chat.test/hook/ann-secret"]);
});

it("says which balancer is unknown", () => {
  expect(() => world().balancer("lb-9")).toThrow('BALANCER_UNKNOWN: There is no balancer "lb-9"');
});

it("takes the time of codes and signatures from its clock", async () => {
  const clock = { now: () => "1970-01-01T00:00:59.000Z", sleep: async () => undefined };
  const { fetch, requests } = fakeFetch(() => Response.json({ vantage: "warsaw", results: [] }));
  const { codes, vantages } = world({ clock, fetch });
  expect(codes.stepOf("ann", "287082")).toBe(1);
  await vantages[0]?.observe([]);
  expect(requests[0]?.headers.get("x-switchover-signature")).toMatch(/^t=59,v1=/);
});

it("is made without any secret, and a missing one fails only what needs it", async () => {
  const { records, links, codes, vantages, ...rest } = world({ secrets: secretsFrom({}) });
  await expect(records.read("shop.example.com")).rejects.toMatchObject({ code: "SECRET_MISSING" });
  await expect(vantages[0]?.observe([])).rejects.toMatchObject({ code: "SECRET_MISSING" });
  expect(() => links.token("i", "g", "ann")).toThrow("SWITCHOVER_LINK_SECRET");
  expect(() => codes.stepOf("ann", "123456")).toThrow("TOTP_ANN");
  expect(links.hashOf("x")).toHaveLength(64);
  expect(rest.digest({})).toHaveLength(64);
});

describe("short ids", () => {
  it("are eight lower-case letters and digits, and differ", () => {
    const made = world();
    const ids = Array.from({ length: 1_000 }, () => made.shortId());
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{8}$/);
  });

  it("favour no letter: bytes past the last full round of 36 are thrown away", () => {
    const given = [
      Uint8Array.of(255, 254, 253, 252, 252, 253, 254, 255),
      Uint8Array.of(0, 1, 2, 35, 36, 251, 252, 3),
      Uint8Array.of(4),
    ];
    const made = world({ randomBytes: () => given.shift() ?? new Uint8Array() });
    expect(made.shortId()).toBe("abc9a9de");
  });
});

it("has the machine's clock when none is given, and a sleep on it ends when its time has passed", async () => {
  jest.useFakeTimers({ now: Date.parse("2026-03-01T08:00:00.000Z") });
  try {
    const { clock } = world();
    let awake = false;
    const asleep = clock.sleep(5_000).then(() => (awake = true));
    await jest.advanceTimersByTimeAsync(4_999);
    expect([awake, clock.now()]).toEqual([false, "2026-03-01T08:00:04.999Z"]);
    await jest.advanceTimersByTimeAsync(1);
    expect([awake, clock.now()]).toEqual([true, "2026-03-01T08:00:05.000Z"]);
    await asleep;
  } finally {
    jest.useRealTimers();
  }
});
