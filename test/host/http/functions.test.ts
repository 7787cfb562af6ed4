import { request as httpRequest } from "node:http";
import { collectApp, type Host } from "../../../host/index";
import { disposeRigs, rig } from "../harness";

const web = require("../apps/web") as { register(): void };

let host: Host;
let log: { message: string }[];

beforeAll(async () => {
  const app = await collectApp(() => web.register());
  ({ host, log } = await rig({
    app,
    mode: "live",
    hostJson: { extensions: { http: { routePrefix: "" } } },
    settings: { "AzureWebJobs.got.Disabled": "1" },
  }));
});
afterAll(disposeRigs);

const get = (path: string, init?: RequestInit) =>
  fetch(`${host.url}${path}`, { redirect: "manual", ...init });

/** A raw request, for what `fetch` would not send. */
function raw(
  path: string,
  options: { method?: string; headers?: Record<string, string>; chunks?: string[] },
) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { method = "GET", headers = {}, chunks = [] } = options;
      const outgoing = httpRequest(`${host.url}${path}`, { method, headers }, async (incoming) => {
        let body = "";
        for await (const chunk of incoming) {
          body += String(chunk);
        }
        resolve({ status: incoming.statusCode, headers: incoming.headers, body });
      });
      outgoing.on("error", reject);
      for (const chunk of chunks) {
        outgoing.write(chunk);
      }
      outgoing.end();
    },
  );
}

test.each([
  ["/x1/new", "aLiteral"],
  ["/x1/5", "zParam"],
  ["/x3/new", "aParam"],
  ["/x3/5", "aParam"],
  ["/", "root"],
  ["/unnamed", "unnamed"],
  ["/UNNAMED/", "unnamed"],
])("lets %s be answered by %s: the name of the function decides", async (path, name) => {
  expect(await (await get(path)).json()).toMatchObject({ name });
});

test.each([
  ["/nosuch", "GET"],
  ["/x1/new", "DELETE"],
  ["/x1/new", "HEAD"],
  ["/x1/new", "OPTIONS"],
  ["/sameRoute", "POST"],
  ["/admin/mine", "GET"],
  ["/files/../nosuch", "GET"],
])("answers 404 to %s %s", async (path, method) => {
  const response = await get(path, { method });
  expect([response.status, await response.text(), response.headers.get("allow")]).toEqual([404, "", null]);
});

test("answers HEAD and OPTIONS where they are listed", async () => {
  expect((await get("/headed", { method: "HEAD" })).status).toBe(200);
  expect((await get("/headed", { method: "OPTIONS" })).status).toBe(200);
});

test("tells functions of one route apart by method, and hides a disabled one from all but the master", async () => {
  expect(await (await get("/sameRoute", { method: "DELETE" })).json()).toMatchObject({ name: "deleted" });
  expect((await get("/sameRoute")).status).toBe(404);
  expect((await get(`/sameRoute?code=${host.keys().master}`)).status).toBe(200);
});

test("opens each level to its keys, as the real host does", async () => {
  const { master, system, host: shared, functions } = host.keys();
  const keys = ["", "wrong", functions["keyed"] ?? "", shared, system, master];
  const table = await Promise.all(
    ["/echo", "/keyed", "/keyedToo", "/ruled"].map((path) =>
      Promise.all(keys.map(async (code) => (await get(`${path}?code=${encodeURIComponent(code)}`)).status)),
    ),
  );
  expect(table).toEqual([
    [200, 200, 200, 200, 200, 200],
    [401, 401, 200, 200, 401, 200],
    [401, 401, 401, 200, 401, 200],
    [401, 401, 401, 401, 401, 200],
  ]);
  const header = await get("/keyed?code=wrong", { headers: { "x-functions-key": shared } });
  expect([header.status, header.headers.get("www-authenticate")]).toEqual([200, null]);
  const refused = await get("/keyed");
  expect([await refused.text(), refused.headers.get("www-authenticate")]).toEqual(["", null]);
});

test("leaves every byte of a body as it is", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const response = await get("/echo", { method: "POST", body: bytes });
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(bytes));
});

test("hands over a chunked request without its body", async () => {
  const { headers } = await raw("/echo", { method: "POST", chunks: ["lost"] });
  expect(headers["x-length"]).toBe("0");
});

test("joins what is given more than once, names of the query without regard to case", async () => {
  const response = await get("/query?a=1&a=2&a=%C3%A9%20x&A=up", {
    headers: [
      ["x-a", "1"],
      ["x-a", "2"],
    ],
  });
  expect(await response.json()).toMatchObject({ a: "1,2,é x,up", header: "1, 2" });
});

test.each([
  ["throws", 500],
  ["rejects", 500],
  ["undefined", 204],
  ["null", 204],
  ["object", 200],
  ["array", 200],
  ["string", 500],
  ["number", 500],
  ["status700", 500],
  ["statusText", 201],
  ["redirect", 302],
  ["notModified", 304],
  ["umlaut", 500],
])("answers a handler's result (%s) with %i and no body", async (kind, status) => {
  const response = await get(`/result/${kind}`);
  expect([response.status, await response.text()]).toEqual([status, ""]);
});

test("writes a handler's error into the log only", async () => {
  await get("/result/throws");
  expect(log.some(({ message }) => message.includes("secret text"))).toBe(true);
});

test("names the content type of texts and JSON", async () => {
  const text = await get("/result/text");
  expect([text.headers.get("content-type"), await text.text()]).toEqual([
    "text/plain;charset=UTF-8",
    "žluťoučký",
  ]);
  expect((await get("/result/json")).headers.get("content-type")).toBe("application/json");
});

test("sends each cookie in a line of its own", async () => {
  expect((await get("/cookies")).headers.getSetCookie()).toEqual([
    "a=1; max-age=60; path=/; samesite=lax; httponly",
    "b=two%20words%3B; path=/; secure",
  ]);
});

test("refuses a request header beyond ASCII", async () => {
  expect((await raw("/query", { headers: { "x-a": "é" } })).status).toBe(400);
});

test("has a ping that is open, and a status for the master only", async () => {
  expect((await get("/admin/host/ping")).status).toBe(200);
  expect((await get("/admin/host/status")).status).toBe(401);
  expect((await get(`/admin/host/status?code=${host.keys().host}`)).status).toBe(403);
  const status = await get(`/admin/host/status?code=${host.keys().master}`);
  expect(await status.json()).toMatchObject({ state: "Running", version: "4.1037.0" });
});

test("lists its functions, and says which can't be reached", () => {
  expect(host.functions().find(({ name }) => name === "aParam")).toEqual({
    name: "aParam",
    trigger: "httpTrigger",
    route: "x3/{id}",
    methods: ["GET", "POST"],
  });
  expect(log.some(({ message }) => message.includes("Function 'hidden' can't be reached"))).toBe(true);
});

test("answers without a socket as with one", async () => {
  const response = await host.fetch(new Request("http://localhost/echo", { method: "POST", body: "abc" }));
  expect([response.status, response.headers.get("x-length"), await response.text()]).toEqual([
    200,
    "3",
    "abc",
  ]);
});
