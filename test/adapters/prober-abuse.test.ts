import { probeAll } from "../../adapters/prober/prober";
import { allowList, type Asked } from "../../shared/observe/allow-list";
import { questions } from "../../shared/questions";
import { answerTo, openServers, type Servers } from "./prober-servers";
import { estateAt, NAME, PATH, see, seeProbe } from "./prober-estate";

/** S-12: whoever has the vantage's secret, or the company's DNS, must not look around from where the vantage stands. */
let servers: Servers;
let reached: string[];
beforeEach(() => {
  servers = openServers();
  reached = [];
});
afterEach(() => servers.close());

const watching = () =>
  servers.http((request, response) => {
    reached.push(request.url ?? "");
    response.end();
  });
const nameLeadsTo = (...addresses: string[]) => servers.dns((query) => answerTo(query, addresses));

test("whatever is asked but the configuration does not name is refused, and nobody is connected to", async () => {
  const port = await watching();
  const other = await watching();
  const estate = estateAt({ server: { port } });
  const good = questions(estate).find((one) => one.probe.id === "server-health api-main")?.probe as Asked;
  expect(await seeProbe(estate, good)).toMatchObject({ kind: "answered" });
  const dns = { id: "x", kind: "dns", hostname: NAME, dns: [{ address: "127.0.0.1", port }] };
  const strange: Record<string, Asked> = {
    "the metadata of a cloud": { ...good, address: "169.254.169.254", port: 80 },
    "another port": { ...good, port: other },
    "another address": { ...good, address: "127.0.0.2" },
    "the same address, spelled otherwise": { ...good, address: "127.1" },
    "the address within IPv6": { ...good, address: "::ffff:127.0.0.1" },
    "a port as text": { ...good, port: String(port) },
    "another name as Host": { ...good, hostname: "internal.example.com" },
    "a name instead of an address": { ...good, address: "localhost" },
    "a user before the address": { ...good, address: `127.0.0.1@127.0.0.1` },
    "another path": { ...good, path: "/admin" },
    "a path that is an address": { ...good, path: `http://127.0.0.1:${other}/` },
    "a path with a line break": { ...good, path: `${PATH} HTTP/1.1\r\nHost: evil\r\n\r\n` },
    "a path that is no text": { ...good, path: [PATH] },
    "no path": Object.fromEntries(Object.entries(good).filter(([name]) => name !== "path")) as Asked,
    "a header besides": { ...good, headers: { authorization: "x" } },
    "another scheme": { ...good, scheme: "file" },
    "another kind": { ...good, kind: "ping" },
    "no kind": { id: "x" },
    "another name server": dns,
    "no name server": { ...dns, dns: [] },
    "the prototype": { ...good, ["__proto__"]: { address: "127.0.0.2" }, address: "x" },
  };
  reached.splice(0);
  for (const [what, asked] of Object.entries(strange))
    expect([what, await seeProbe(estate, asked)]).toEqual([
      what,
      { id: asked.id, kind: "refused", reason: expect.any(String) as string, tookMs: 0 },
    ]);
  expect(reached).toEqual([]);
});

test.each([["169.254.169.254"], ["168.63.129.16"], ["fd00:ec2::254"], ["0.0.0.0"], ["224.0.0.1"]])(
  "no configuration sends a vantage to %s",
  async (address) => {
    const port = await watching();
    const estate = estateAt({ dns: [{ address, port }], server: { address, port } });
    for (const id of ["server-health api-main", "dns", "customers"])
      expect([id, await see(estate, id)]).toMatchObject([
        id,
        { kind: "refused", reason: expect.stringContaining(address) as string },
      ]);
    expect(reached).toEqual([]);
  },
);

test.each([
  ["this machine", "127.0.0.1"],
  ["this machine, within IPv6", "::ffff:127.0.0.1"],
  ["a private network", "10.1.2.3"],
  ["another private network", "192.168.0.1"],
  ["a cloud's metadata", "169.254.169.254"],
  ["this machine, as IPv6", "::1"],
  ["a private IPv6 network", "fd12:3456::1"],
  ["a tunnel's address", "2002:7f00:1::1"],
  ["nowhere", "0.0.0.0"],
])("a name that was led to %s is not followed there, and customers are seen to fail", async (_, address) => {
  const servicePort = await watching();
  const server = { address: "127.0.0.9", port: servicePort };
  const estate = estateAt({ dns: [{ port: await nameLeadsTo(address) }], servicePort, server });
  expect(await see(estate, "customers")).toMatchObject({
    kind: "failed",
    reason: expect.stringMatching(/^shop\.example\.com leads to \S+, which is neither/) as string,
  });
  expect(reached).toEqual([]);
});

test("a name that leads elsewhere at the second look is asked once, so what was allowed is what is connected to", async () => {
  const servicePort = await watching();
  let asked = 0;
  const dns = await servers.dns((query) => answerTo(query, [++asked === 1 ? "10.1.2.3" : "127.0.0.1"]));
  const estate = estateAt({ dns: [{ port: dns }], servicePort, server: { port: servicePort } });
  expect(await see(estate, "customers")).toMatchObject({ kind: "failed" });
  expect([asked, reached]).toEqual([1, []]);
});

test("a question that asks for one thing a hundred times is one look", async () => {
  const port = await watching();
  const estate = estateAt({ server: { port } });
  const good = questions(estate).find((one) => one.probe.id === "server-health api-main")?.probe as Asked;
  const probes = Array.from({ length: 100 }, (_, id) => ({ ...good, id: String(id) }));
  const results = await probeAll({ probes, timeoutMs: 2_000 }, allowList(estate));
  expect(results.map((one) => [one.id, one.kind])).toEqual(probes.map((one) => [one.id, "answered"]));
  expect(reached).toHaveLength(1);
});
