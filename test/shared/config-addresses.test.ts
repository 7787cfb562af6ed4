import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { canonical, hostOf, isLoopback } from "../../shared/hosts";
import { rawEstate } from "../adapters/estate";

type Parts = { balancers?: string[]; servers?: string[]; port?: number; baseUrl?: string };

/** A good estate with these parts at these addresses, all of the others as they are. */
function estateOf({ balancers, servers, port, baseUrl }: Parts) {
  const raw = rawEstate();
  const at = (address: string, index: number) => ({ name: `part-${index}`, address, port: 8080 + index });
  return {
    ...raw,
    service: { ...raw.service, port: port ?? raw.service.port },
    balancers:
      balancers?.map((address, index) => ({ ...raw.balancers[0], ...at(address, index) })) ?? raw.balancers,
    servers:
      servers?.map((address, index) => ({
        ...at(address, index + 20),
        role: index === 0 ? "main" : "backup",
      })) ?? raw.servers,
    baseUrl: baseUrl ?? raw.baseUrl,
  };
}

function problems(parts: Parts): string[] {
  try {
    parseEstate(estateOf(parts), "my.yaml");
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

describe("one form of each address", () => {
  it.each([
    ["2001:db8::1", ["2001:db8::1", "2001:db8:0:0::1", "2001:0DB8:0000:0:0:0:0:0001", "2001:db8::0.0.0.1"]],
    ["2001:db8:1::", ["2001:db8:1::", "2001:DB8:1:0:0:0:0:0"]],
    ["2001:db8::1:0:0:1", ["2001:db8:0:0:1::1", "2001:db8::1:0:0:1"]],
    ["::1", ["::1", "0:0:0:0:0:0:0:1", "::0.0.0.1"]],
    ["192.0.2.20", ["192.0.2.20", "::ffff:192.0.2.20", "::FFFF:c000:214", "0:0:0:0:0:ffff:c000:0214"]],
    ["10.0.0.1", ["::ffff:10.0.0.1", "::ffff:a00:1"]],
    ["0.0.0.5", ["::ffff:0:5"]],
  ])("%s", (form, spellings) => {
    expect(spellings.map(canonical)).toEqual(spellings.map(() => form));
    expect(spellings.map((each) => hostOf(`https://${each.includes(":") ? `[${each}]` : each}/x`))).toEqual(
      spellings.map(() => form),
    );
  });

  it("makes no two addresses one", () => {
    const different = [
      "::192.0.2.20",
      "::ffff:0:192.0.2.20",
      "64:ff9b::192.0.2.20",
      "1::ffff:c000:214",
      "192.0.2.20",
    ];
    expect(new Set(different.map(canonical)).size).toBe(different.length);
    expect(hostOf("https://Ops.Example.net")).toBe("ops.example.net");
  });

  it("knows this machine by each of its addresses, and by no other", () => {
    const hosts = ["[::1]", "[0::1]", "[::ffff:127.0.0.1]", "[::ffff:7f4d:2]", "127.77.0.2", "localhost"];
    expect(hosts.filter((host) => !isLoopback(hostOf(`http://${host}`)))).toEqual([]);
    const others = [
      "[::2]",
      "[::ffff:128.0.0.1]",
      "[::7f00:1]",
      "[2001:db8::7f00:1]",
      "127.0.0.1.example.com",
    ];
    expect(others.filter((host) => isLoopback(hostOf(`http://${host}`)))).toEqual([]);
  });

  it("is what everybody gets, however the file spells it: records and answers are compared with it", () => {
    const { balancers, servers } = parseEstate(
      estateOf({ balancers: ["2001:0DB8:0::20"], servers: ["::ffff:192.0.2.30"] }),
      "my.yaml",
    );
    expect([...balancers, ...servers].map(({ address }) => address)).toEqual(["2001:db8::20", "192.0.2.30"]);
  });

  it.each([
    ["2001:db8::20", "2001:db8:0:0::20"],
    ["192.0.2.31", "::ffff:192.0.2.31"],
  ])("finds two parts at one address: %s and %s", (one, other) => {
    const raw = estateOf({ servers: [one, other] });
    const servers = raw.servers.map((server) => ({ ...server, port: 8080 }));
    expect(() => parseEstate({ ...raw, servers }, "my.yaml")).toThrow(
      `servers[1].address: is ${one} port 8080, as of part-20; expected an address and port of its own.`,
    );
  });

  it.each(["[2001:db8:0:0::77]", "[2001:0DB8::0.0.0.119]"])(
    "finds a part at the address of baseUrl %s",
    (host) => {
      const [problem, ...others] = problems({ servers: ["2001:db8::77"], baseUrl: `https://${host}` });
      expect(problem).toMatch(
        /^baseUrl: is 2001:db8::77, the address of part-20; expected an address outside/,
      );
      expect(others).toEqual([]);
    },
  );

  it("finds an IPv4 part behind an IPv6 spelling", () => {
    expect(problems({ baseUrl: "https://[::ffff:192.0.2.20]" })[0]).toMatch(
      /^baseUrl: is 192\.0\.2\.20, the address of lb-1;/,
    );
  });
});

describe("addresses of one family where the service's record may lead", () => {
  const hint =
    "The service's record leads to one or the other and keeps its type: A takes IPv4 addresses, AAAA IPv6.";

  it.each<[string, Parts]>([
    [
      `balancers[1].address: is 2001:db8::21, which is IPv6; expected an IPv4 address, as part-0 has. ${hint}`,
      { balancers: ["192.0.2.20", "2001:db8::21"], servers: ["192.0.2.30"] },
    ],
    [
      `balancers[1].address: is 192.0.2.21, which is IPv4; expected an IPv6 address, as part-0 has. ${hint}`,
      { balancers: ["2001:db8::20", "192.0.2.21"] },
    ],
    [
      `servers[1].address: is 2001:db8::40, which is IPv6; expected an IPv4 address, as part-0 has. ${hint}`,
      { balancers: ["192.0.2.20"], servers: ["2001:db8::30", "2001:db8::40"], port: 8101 },
    ],
  ])("%s", (sentence, parts) => {
    expect(problems(parts)).toEqual([sentence]);
  });

  it("are of either, and servers to which it never leads, at a port of their own, of both", () => {
    const [four, six] = ["192.0.2.31", "2001:db8::41"];
    expect(problems({ balancers: ["2001:db8::20", "2001:db8::21"], servers: [four, six] })).toEqual([]);
    expect(problems({ balancers: ["192.0.2.20", "::ffff:192.0.2.21"], servers: [four, six] })).toEqual([]);
    expect(problems({ balancers: ["2001:db8::20"], servers: [four, six], port: 8101 })).toEqual([]);
  });
});
