import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { rawEstate } from "../adapters/estate";

type Raw = ReturnType<typeof rawEstate>;

/** The lines of what is wrong with a good estate after `change`, without the frame around them. */
function problems(change: (raw: Raw) => unknown): string[] {
  const raw = rawEstate();
  const value = change(raw) ?? raw;
  try {
    parseEstate(value, "my.yaml");
    return [];
  } catch (thrown) {
    const text = textOf(thrown, 10_000);
    expect(text).toMatch(/^CONFIG_INVALID: my\.yaml has (one problem|\d+ problems):\n/);
    return text
      .split("\n")
      .slice(1, -1)
      .map((line) => line.trim());
  }
}

/** For settings of the wrong kind, which the type of a good estate can't express. */
function set(object: object, key: string, value: unknown): void {
  Object.assign(object, { [key]: value });
}

it("accepts a good estate, with spans as milliseconds and defaults filled in", () => {
  const estate = parseEstate({ ...rawEstate(), policy: { gateExpiresAfter: "10m" } }, "my.yaml");
  expect(estate.policy).toMatchObject({
    gateExpiresAfter: 600_000,
    automatic: [],
    windows: { verify: 180_000 },
  });
});

describe("naming what is wrong with a setting", () => {
  it.each<[string, (raw: Raw) => unknown]>([
    ["service.healthPath: is missing; expected text.", (raw) => set(raw.service, "healthPath", undefined)],
    ["service.healthPath: is 3; expected text.", (raw) => set(raw.service, "healthPath", 3)],
    [
      'service.healthPath: is "health"; expected a path that begins with "/".',
      (raw) => (raw.service.healthPath = "health"),
    ],
    [
      'service.hostname: is "shop example"; expected a host name such as "shop.example.com".',
      (raw) => (raw.service.hostname = "shop example"),
    ],
    ["service.port: is 70000; expected at most 65535.", (raw) => (raw.service.port = 70_000)],
    ["nagios: is empty; expected a section with settings.", (raw) => set(raw, "nagios", null)],
    ["people: is a list of 0; expected at least 1 entry.", (raw) => (raw.people = [])],
    [
      "vantages: is a list of 1; expected at least 2 entries. Two vantages at least: one can't confirm.",
      (raw) => raw.vantages.pop(),
    ],
    [
      'servers[0].address: is "api.example.com"; expected an IPv4 or IPv6 address. Names are not accepted: DNS may be what is broken.',
      (raw) => set(raw.servers[0] ?? {}, "address", "api.example.com"),
    ],
    [
      'servers[0].role: is "mian"; expected one of main, backup. Did you mean main?',
      (raw) => set(raw.servers[0] ?? {}, "role", "mian"),
    ],
    [
      "policy.windows.verfy: is not a setting; expected one of",
      (raw) => set(raw.policy, "windows", { verfy: "3m" }),
    ],
    [
      "balancers[0].adress: is not a setting; expected one of",
      (raw) => set(raw.balancers[0] ?? {}, "adress", "192.0.2.1"),
    ],
    [
      'balancers[0].runtimeApi: is "192.0.2.20:9999"; expected tcp://address:port, tls://address:port or unix:///path.',
      (raw) => set(raw.balancers[0] ?? {}, "runtimeApi", "192.0.2.20:9999"),
    ],
    [
      'policy.automatic[0]: is "api-server-sik"; expected a finding of docs/findings.md. Did you mean api-server-sick?',
      (raw) => set(raw.policy, "automatic", ["api-server-sik"]),
    ],
    [
      'policy.gateExpiresAfter: is "30 minutes"; expected another form. Write a span such as',
      (raw) => set(raw.policy, "gateExpiresAfter", "30 minutes"),
    ],
  ])("%s", (sentence, change) => {
    const found = problems((raw) => void change(raw));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });

  it("suggests the setting that was meant", () => {
    expect(problems((raw) => set(raw.policy, "windows", { verfy: "3m" }))[0]).toMatch(
      /Did you mean verify\?$/,
    );
    expect(problems((raw) => set(raw.balancers[0] ?? {}, "adress", "x"))[0]).toMatch(
      /Did you mean address\?$/,
    );
    expect(problems((raw) => set(raw, "cloudfare", {}))[0]).toMatch(/Did you mean cloudflare\?$/);
  });

  it("lists everything at once, in the order of the paths, second before tenth", () => {
    const found = problems((raw) => {
      raw.company = "";
      raw.baseUrl = "nowhere";
      raw.people = Array.from({ length: 11 }, (_, at) => ({
        ...raw.people[0],
        name: `p${at}`,
        fullName: at === 2 || at === 10 ? "" : "X",
      })) as Raw["people"];
    });
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "baseUrl",
      "company",
      "people[2].fullName",
      "people[10].fullName",
    ]);
  });

  it("says on which line it is, when that is known", () => {
    const lineOf = (path: PropertyKey[]) => (path[0] === "company" ? 7 : undefined);
    expect(() => parseEstate({ ...rawEstate(), company: "" }, "my.yaml", lineOf)).toThrow(
      "company (line 7): is empty; expected some text.",
    );
  });

  it.each([null, undefined, "text", 3, [], [1]])("refuses %p as a whole", (value) => {
    expect(() => parseEstate(value, "my.yaml")).toThrow(
      /the file: is .*; expected a section with settings\./,
    );
  });

  it("never prints what stands where a reference to a secret belongs", () => {
    const found = problems((raw) => {
      raw.cloudflare.token = "canary-1";
      raw.nagios.secret = "canary-2";
      set(raw.people[0] ?? {}, "totp", "canary-3");
      set(raw.people[0] ?? {}, "webhook", "canary-4");
      set(raw.vantages[0] ?? {}, "secret", ["canary-5"]);
    });
    expect(found).toHaveLength(5);
    expect(found.join()).not.toContain("canary");
    expect(found[0]).toContain("Write env:NAME");
  });
});

describe("looking at the parts together", () => {
  it.each<[string, (raw: Raw) => unknown]>([
    [
      'servers[1].name: is "api-main", as in servers[0]',
      (raw) => set(raw.servers[1] ?? {}, "name", "api-main"),
    ],
    ['servers[0].name: is "lb-1", as in balancers[0]', (raw) => set(raw.servers[0] ?? {}, "name", "lb-1")],
    [
      'vantages[1].name: is "warsaw", as in vantages[0]',
      (raw) => set(raw.vantages[1] ?? {}, "name", "warsaw"),
    ],
    ['people[1].name: is "ann", as in people[0]', (raw) => set(raw.people[1] ?? {}, "name", "ann")],
    [
      "servers[1].address: is 192.0.2.30 port 8080, as of api-main",
      (raw) => set(raw.servers[1] ?? {}, "address", "192.0.2.30"),
    ],
    ['servers: is without a server of role "main"', (raw) => set(raw.servers[0] ?? {}, "role", "backup")],
    ["balancers: is all on standby", (raw) => set(raw.balancers[0] ?? {}, "standby", true)],
    ['people: is without a person of role "on-call"', (raw) => set(raw.people[0] ?? {}, "role", "developer")],
    [
      'service.hostname: is "shop.example.org"; expected a name inside the zone example.com',
      (raw) => (raw.service.hostname = "shop.example.org"),
    ],
    ['service.hostname: is "notexample.com"', (raw) => (raw.service.hostname = "notexample.com")],
    [
      'cloudflare.api: is "http://api.cloudflare.test"; expected https://',
      (raw) => (raw.cloudflare.api = "http://api.cloudflare.test"),
    ],
    ["baseUrl: is of another kind", (raw) => (raw.baseUrl = "ftp://switchover.test")],
  ])("%s", (sentence, change) => {
    const found = problems((raw) => void change(raw));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });

  it("accepts the zone's own name", () => {
    expect(problems((raw) => void (raw.service.hostname = "Example.COM"))).toEqual([]);
  });

  it("accepts an API without TLS on this machine, as the sandbox has it", () => {
    expect(problems((raw) => void (raw.cloudflare.api = "http://127.77.0.2:8400/client/v4"))).toEqual([]);
  });
});

describe("keeping our own address outside the estate", () => {
  it.each([
    ["the zone", "https://example.com"],
    ["a name in the zone", "https://Switchover.Ops.Example.com./x"],
    ["the balancer", "https://192.0.2.20:7071"],
    ["a server", "https://192.0.2.30"],
    ["a server, in another spelling of its address", "https://[2001:0db8:0:0::40]:8443"],
    ["the edge", "https://192.0.2.10"],
    ["a DNS server", "https://192.0.2.53"],
  ])("refuses %s as baseUrl: %s", (_what, url) => {
    const found = problems((raw) => void (raw.baseUrl = url));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^baseUrl: is .*; expected an address outside the estate\./);
  });

  it("refuses webhooks and vantages inside it too, without printing the webhook's path", () => {
    const found = problems((raw) => {
      set(raw.people[1] ?? {}, "webhook", "https://chat.example.com/hook/canary");
      set(raw.vantages[0] ?? {}, "url", "http://192.0.2.30:8070");
    });
    expect(found.map((line) => line.split(":")[0])).toEqual(["people[1].webhook", "vantages[0].url"]);
    expect(found.join()).not.toContain("canary");
  });

  it.each(["https://example.com.switchover.test", "https://myexample.com", "https://192.0.2.99"])(
    "accepts %s",
    (url) => {
      expect(problems((raw) => void (raw.baseUrl = url))).toEqual([]);
    },
  );
});
