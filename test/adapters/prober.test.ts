import { answerTo, openServers, type Servers } from "./prober-servers";
import { estateAt, NAME, PATH, see } from "./prober-estate";

let servers: Servers;
beforeEach(() => {
  servers = openServers();
});
afterEach(() => servers.close());

/** A name server that says the service is at 127.0.0.1, where the estate's server listens. */
const leadingHere = () => servers.dns((query) => answerTo(query, ["127.0.0.1"]));
const answering = (status: number, body = "") =>
  servers.http((_request, response) => void response.writeHead(status).end(body));

test("a customer's request goes where the name leads, with the name as Host", async () => {
  const asked: unknown[] = [];
  const port = await servers.http((request, response) => {
    asked.push([request.method, request.url, request.headers.host]);
    response.end('{"by":"api-main"}');
  });
  const estate = estateAt({ dns: [{ port: await leadingHere() }], servicePort: port, server: { port } });
  expect(await see(estate, "customers")).toEqual({
    id: "customers",
    kind: "answered",
    status: 200,
    by: "api-main",
    tookMs: expect.any(Number) as number,
  });
  expect(asked).toEqual([["GET", PATH, NAME]]);
});

test.each([[404], [500], [503], [301]])("an answer with status %i is seen as it is", async (status) => {
  const estate = estateAt({ server: { port: await answering(status) } });
  expect(await see(estate, "server-customers api-main")).toMatchObject({ kind: "answered", status });
});

test("a redirect is not followed", async () => {
  const inside: string[] = [];
  const internal = await servers.http((request, response) => {
    inside.push(request.url ?? "");
    response.end("secret");
  });
  const port = await servers.http((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${internal}/latest/meta-data` }).end();
  });
  const seen = await see(estateAt({ server: { port } }), "server-customers api-main");
  expect(seen).toMatchObject({ kind: "answered", status: 302 });
  expect(inside).toEqual([]);
});

test("an environment that names a proxy is not heeded", async () => {
  const proxied: string[] = [];
  const proxy = await servers.http((request, response) => {
    proxied.push(request.url ?? "");
    response.writeHead(407).end();
  });
  const kept = { ...process.env };
  for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
    process.env[name] = `http://127.0.0.1:${proxy}`;
  process.env["NODE_USE_ENV_PROXY"] = "1";
  try {
    const estate = estateAt({ server: { port: await answering(200) } });
    expect(await see(estate, "server-health api-main")).toMatchObject({ kind: "answered", status: 200 });
    expect(proxied).toEqual([]);
  } finally {
    process.env = kept;
  }
});

test("of an answer without end the status counts, and the rest is not waited for", async () => {
  let sent = 0;
  const port = await servers.http((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x"))) sent += 65_536;
      response.once("drain", more);
    };
    more();
  });
  const seen = await see(estateAt({ server: { port } }), "server-health api-main");
  expect(seen).toMatchObject({ kind: "answered", status: 200 });
  expect(sent).toBeLessThan(50_000_000);
});

test("an answer that comes a byte at a time is no answer when the time is over", async () => {
  const port = await servers.http((_request, response) => {
    const drip = setInterval(() => response.write("x"), 20);
    response.once("close", () => clearInterval(drip));
  });
  expect(await see(estateAt({ server: { port } }), "server-health api-main", 300)).toMatchObject({
    kind: "failed",
    reason: "no answer within 300 ms",
  });
});

test("headers without end are no answer", async () => {
  const port = await servers.tcp((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const line = `x-filler: ${"y".repeat(1_000)}\r\n`;
    for (let count = 0; count < 100; count++) socket.write(line);
  });
  expect(await see(estateAt({ server: { port } }), "server-health api-main")).toMatchObject({
    kind: "failed",
    reason: "its answer is not HTTP",
  });
});

test.each([
  ["what is not HTTP", "220 mail.example.com ESMTP\r\n", "its answer is not HTTP"],
  ["a connection that is closed at once", "", "connection reset"],
  ["an answer that is cut off", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf", "connection reset"],
])("%s is said as it is", async (_, text, reason) => {
  const port = await servers.tcp((socket) => {
    socket.once("data", () => socket.end(text));
  });
  expect(await see(estateAt({ server: { port } }), "server-health api-main")).toMatchObject({
    kind: "failed",
    reason,
  });
});

test("a closed port is told from silence", async () => {
  const silent = await servers.tcp(() => undefined);
  expect(await see(estateAt({ server: { port: 1 } }), "server-health api-main")).toMatchObject({
    reason: "connection refused",
  });
  expect(await see(estateAt({ server: { port: silent } }), "server-health api-main", 200)).toMatchObject({
    reason: "no answer within 200 ms",
  });
});

test("what a server calls itself can't forge a line, nor grow", async () => {
  const by = `api\u001b[2J\nmain${"x".repeat(500)}`;
  const estate = estateAt({ server: { port: await answering(200, JSON.stringify({ by })) } });
  const seen = await see(estate, "server-health api-main");
  expect(seen).toMatchObject({ kind: "answered", by: expect.stringMatching(/^api \[2J mainx+…$/) as string });
  expect("by" in seen && seen.by?.length).toBe(63);
});
