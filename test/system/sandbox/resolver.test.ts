import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { dnsAnswer, resolverAnswer } from "../../../sandbox/dns-answer";
import { dialer } from "../../../sandbox/real/dial";
import { dnsListener, type DnsListener } from "../../../sandbox/real/dns-listener";
import { cachingResolver } from "../../../sandbox/resolver";
import { runLater } from "../../../sandbox/wire";
import type { TrueRecord } from "../../../sandbox/types";
import { resolverContract } from "../../sandbox/resolver-contract";
import { testEstate } from "../../sandbox/estate";
import { requirePart } from "../required";
import { realSandbox, type RealSandbox } from "./real-sandbox";

const NAME = "shop.example.com";

/** `dig`'s answer as lines of "ttl address", and its header. */
async function dig(
  server: { address: string; port: number },
  ...more: string[]
): Promise<{ answers: string[]; said: string }> {
  const args = [`@${server.address}`, "-p", String(server.port), "+tries=1", "+time=2", NAME, "A", ...more];
  const { stdout } = await promisify(execFile)("dig", args);
  const answers = stdout
    .split("\n")
    .filter((line) => /\sIN\s+A\s/.test(line) && !line.startsWith(";"))
    .map((line) => line.split(/\s+/))
    .map((fields) => `${fields[1]} ${fields[4]}`);
  return { answers, said: stdout };
}

const withDig = requirePart("the sandbox's resolvers, asked by dig", "dig", "bind9-dnsutils");
const testWithDig = withDig ? test : test.skip;

describe("the sandbox's resolvers on real sockets", () => {
  let sandbox: RealSandbox;
  beforeAll(async () => {
    sandbox = await realSandbox();
    await sandbox.start();
  });
  afterAll(() => sandbox.cleanUp());

  resolverContract("on real sockets", () => sandbox.body);

  testWithDig.each(["+notcp", "+tcp"])(
    "dig %s sees a resolver, not an authority, and the edge",
    async (way) => {
      const [resolver] = sandbox.body.estate.dns.resolvers ?? [];
      if (resolver === undefined) throw new Error("no resolver");
      const { answers, said } = await dig(resolver, way);
      expect(answers).toEqual([expect.stringMatching(/^(300|29\d) 127\.\d+\.0\.10$/)]);
      expect(said).toMatch(/flags: qr rd ra;/);
    },
  );
});

/** Real UDP and TCP, real dig; only the cache's clock is ours, so that nobody waits for a minute. */
testWithDig(
  "dig sees the old address until the TTL is over, counted down, and then the new one",
  async () => {
    const port = await freePort();
    const [zone, resolver] = [
      { address: "127.0.0.1", port },
      { address: "127.0.0.2", port },
    ];
    const estate = testEstate();
    let record: TrueRecord = {
      id: "1",
      name: NAME,
      type: "A",
      content: "127.0.0.8",
      proxied: false,
      ttl: 60,
    };
    let now = 0;
    const cache = cachingResolver([zone], () => now);
    const network = dialer(() => "open");
    const listeners: DnsListener[] = [
      dnsListener(zone, (query) => dnsAnswer(estate, [record], query)),
      dnsListener(resolver, (query) =>
        resolverAnswer(query, (name) => runLater(cache.resolve(name, 1_000), network)),
      ),
    ];
    try {
      for (const one of listeners) await one.apply("open");
      expect((await dig(resolver)).answers).toEqual(["60 127.0.0.8"]);
      record = { ...record, content: "127.0.0.9" };
      now += 30_000;
      expect((await dig(zone)).answers).toEqual(["60 127.0.0.9"]);
      expect((await dig(resolver)).answers).toEqual(["30 127.0.0.8"]);
      now += 30_000;
      expect((await dig(resolver)).answers).toEqual(["60 127.0.0.9"]);
      await listeners[0]?.apply("refused");
      now += 60_000;
      const { answers, said } = await dig(resolver);
      expect(answers).toEqual([]);
      expect(said).toContain("status: SERVFAIL");
    } finally {
      for (const one of listeners) await one.stop();
    }
  },
);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => resolve(typeof at === "object" && at !== null ? at.port : 0));
    });
  });
}
