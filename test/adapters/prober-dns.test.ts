import { encode, type Packet } from "dns-packet";
import { answerTo, openServers, type Servers } from "./prober-servers";
import { estateAt, NAME, see } from "./prober-estate";

const NXDOMAIN = 3;
const SERVFAIL = 2;
const TRUNCATED = 1 << 9;

let servers: Servers;
beforeEach(() => {
  servers = openServers();
});
afterEach(() => servers.close());

const looking = async (answer: Parameters<Servers["dns"]>[0], ms = 1_000) =>
  await see(estateAt({ dns: [{ port: await servers.dns(answer) }] }), "dns", ms);

test("says where the name leads", async () => {
  const two = ["192.0.2.7", "192.0.2.8"];
  expect(await looking((query) => answerTo(query, two))).toMatchObject({ kind: "resolved", addresses: two });
});

test("asks for IPv6 when there is no IPv4", async () => {
  const six = ["2001:db8::7"];
  expect(await looking((query) => answerTo(query, six))).toMatchObject({ kind: "resolved", addresses: six });
});

test("follows aliases within the answer, in whatever order, and no address of another name", async () => {
  const alias = { type: "CNAME", name: "b.example.com", ttl: 1, data: "c.example.com" } as const;
  const answers: Packet["answers"] = [
    { type: "A", name: "evil.example.net", ttl: 1, data: "192.0.2.66" },
    { type: "A", name: "C.example.com", ttl: 1, data: "192.0.2.9" },
    alias,
    { ...alias, name: NAME, data: "b.example.com" },
  ];
  expect(await looking((query) => answerTo(query, [], { answers }))).toMatchObject({
    addresses: ["192.0.2.9"],
  });
});

test("asks again by TCP when the answer did not fit", async () => {
  const many = Array.from({ length: 100 }, (_, last) => `192.0.2.${last}`);
  const seen = await looking((query, over) =>
    over === "tcp" ? answerTo(query, many) : answerTo(query, [], { flags: TRUNCATED }),
  );
  expect(seen).toMatchObject({ kind: "resolved", addresses: many });
});

test.each([
  ["no such name", NXDOMAIN, `no such name: ${NAME}`],
  ["no address", 0, `${NAME} has no address`],
  ["trouble", SERVFAIL, "name server 127.0.0.1 says SERVFAIL"],
])("says %s as it is", async (_, flags, reason) => {
  expect(await looking((query) => answerTo(query, [], { flags }))).toMatchObject({ kind: "failed", reason });
});

test("waits no longer than it may for silence, and is sure at once of a closed port", async () => {
  expect(await looking(() => undefined, 200)).toMatchObject({
    reason: "name server 127.0.0.1 did not answer",
  });
  expect(await see(estateAt({ dns: [{ port: 1 }] }), "dns")).toMatchObject({
    reason: "name server 127.0.0.1 refused",
  });
});

test("a lost packet is asked for again", async () => {
  let packets = 0;
  const seen = await looking((query) => (++packets === 1 ? undefined : answerTo(query, ["192.0.2.7"])), 600);
  expect(seen).toMatchObject({ kind: "resolved", addresses: ["192.0.2.7"] });
});

test("a name server that is silent, or in trouble, leaves the question to the next", async () => {
  const silent = await servers.dns(() => undefined);
  const troubled = await servers.dns((query) => answerTo(query, [], { flags: SERVFAIL }));
  const good = await servers.dns((query) => answerTo(query, ["192.0.2.7"]));
  const estate = estateAt({ dns: [silent, troubled, good].map((port) => ({ port })) });
  expect(await see(estate, "dns", 600)).toMatchObject({ kind: "resolved", addresses: ["192.0.2.7"] });
});

test("believes no packet with another id, and none about another name", async () => {
  let packets = 0;
  const seen = await looking((query) => {
    const forged = ++packets === 1;
    if (forged) return answerTo(query, ["192.0.2.66"], { id: ((query.id ?? 0) + 1) % 65_536 });
    if (packets === 2)
      return answerTo(query, ["192.0.2.66"], { questions: [{ type: "A", name: "other.example.com" }] });
    return answerTo(query, ["192.0.2.7"]);
  }, 900);
  expect(seen).toMatchObject({ kind: "resolved", addresses: ["192.0.2.7"] });
});

test("an answer that is no DNS is said to be none", async () => {
  const broken = (query: Packet) => {
    const bytes = encode(answerTo(query, ["192.0.2.7"]));
    return bytes.subarray(0, bytes.length - 3);
  };
  expect(await looking(broken)).toMatchObject({ reason: "name server 127.0.0.1 gave no clear answer" });
});
