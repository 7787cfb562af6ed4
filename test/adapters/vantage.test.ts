import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { httpVantage, sign } from "../../adapters/vantage";
import type { Probe } from "../../shared/probe";
import { fakeFetch, neverAnswers } from "./estate";

const NOW = "2026-03-01T10:00:00.900Z";
const SECRET = "vantage-secret";
const probes: Probe[] = [
  {
    id: "p1",
    kind: "direct",
    address: "192.0.2.30",
    port: 8080,
    hostname: "shop.example.com",
    path: "/health",
  },
  { id: "p2", kind: "dns", hostname: "shop.example.com", dns: [{ address: "192.0.2.53", port: 53 }] },
];
const seen = {
  vantage: "warsaw",
  results: [
    { id: "p1", kind: "answered", status: 503, by: "api-main", tookMs: 12.5 },
    { id: "p2", kind: "failed", reason: "timed out", tookMs: 2_000 },
  ],
};

function vantage(fetch: typeof globalThis.fetch, url = "https://warsaw.vantage.test/") {
  return httpVantage({ name: "warsaw", url, secret: () => SECRET, fetch, now: () => NOW });
}

it("asks in one signed request, and gives back what was seen", async () => {
  const { fetch, requests } = fakeFetch(() => Response.json(seen));
  expect(await vantage(fetch).observe(probes)).toEqual(seen);
  expect(requests).toHaveLength(1);
  const [request] = requests;
  expect(request).toMatchObject({ method: "POST", url: "https://warsaw.vantage.test/api/observe" });
  expect(JSON.parse(request?.body ?? "")).toEqual({ probes, timeoutMs: 2_000 });
  const v1 = createHmac("sha256", SECRET).update(`1772359200.${request?.body}`).digest("hex");
  expect(request?.headers.get("x-switchover-signature")).toBe(`t=1772359200,v1=${v1}`);
});

it("signs the time and the body together", () => {
  expect(sign("{}", SECRET, NOW)).not.toBe(sign("{ }", SECRET, NOW));
  expect(sign("{}", SECRET, NOW).split(",")[1]).not.toBe(
    sign("{}", SECRET, "2026-03-01T10:00:01.900Z").split(",")[1],
  );
  expect(sign("{}", SECRET, NOW)).not.toBe(sign("{}", "another", NOW));
});

it.each([
  ["no JSON", "<html>"],
  ["another shape", { vantage: "warsaw", results: [{ id: "p1", kind: "answered" }] }],
  ["another vantage's name", { ...seen, vantage: "dublin" }],
  ["an answer to a question that was not asked", { ...seen, results: [{ ...seen.results[0], id: "p9" }] }],
  ["two answers to one question", { ...seen, results: [seen.results[0], seen.results[0]] }],
])("relies on nothing when it gets %s", async (_what, body) => {
  const { fetch } = fakeFetch(() => new Response(typeof body === "string" ? body : JSON.stringify(body)));
  await expect(vantage(fetch).observe(probes)).rejects.toMatchObject({ code: "VANTAGE_UNCLEAR_ANSWER" });
});

it("accepts that a vantage leaves a question open", async () => {
  const { fetch } = fakeFetch(() => Response.json({ ...seen, results: [] }));
  expect(await vantage(fetch).observe(probes)).toEqual({ vantage: "warsaw", results: [] });
});

it.each([401, 404, 500, 301])("says that it was refused with status %i", async (status) => {
  const { fetch } = fakeFetch(
    () => new Response(null, { status, headers: { location: "https://evil.test/" } }),
  );
  await expect(vantage(fetch).observe(probes)).rejects.toMatchObject({ code: "VANTAGE_REFUSED" });
});

it("stops waiting after 4 seconds", async () => {
  jest.useFakeTimers();
  try {
    const late = expect(vantage(neverAnswers).observe(probes)).rejects.toMatchObject({
      code: "VANTAGE_UNREACHABLE",
    });
    await jest.advanceTimersByTimeAsync(4_000);
    await late;
  } finally {
    jest.useRealTimers();
  }
});

describe("over a real connection", () => {
  const asked: string[] = [];
  let answer: { status: number; headers: Record<string, string>; body: string | Buffer };
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => asked.splice(0));

  it("asks and reads", async () => {
    answer = { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(seen) };
    expect(await vantage(fetch, url()).observe(probes)).toEqual(seen);
  });

  it("does not follow a redirect", async () => {
    answer = { status: 307, headers: { location: "/elsewhere" }, body: "" };
    await expect(vantage(fetch, url()).observe(probes)).rejects.toMatchObject({ code: "VANTAGE_REFUSED" });
    expect(asked).toEqual(["/api/observe"]);
  });

  it("stops reading after a mebibyte", async () => {
    answer = { status: 200, headers: {}, body: Buffer.alloc(3_000_000, " ") };
    const flooded = vantage(fetch, url()).observe(probes);
    await expect(flooded).rejects.toMatchObject({
      code: "VANTAGE_UNCLEAR_ANSWER",
      message: expect.stringContaining("longer than") as string,
    });
  });

  it("says why it can't be reached", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = { code: "VANTAGE_UNREACHABLE", message: expect.stringContaining("ECONNREFUSED") as string };
    await expect(vantage(fetch, `http://127.0.0.1:${port}`).observe(probes)).rejects.toMatchObject(error);
  });
});
