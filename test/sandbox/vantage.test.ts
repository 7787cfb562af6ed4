import type { Probe } from "../../shared/probe";
import { SIGNATURE_HEADER, signatureOf } from "../../sandbox/signature";
import { memoryBody, observe, type Body } from "./body";
import { testEstate } from "./estate";

const estate = testEstate();
const { hostname, customerPath } = estate.service;
const direct: Probe = {
  id: "a",
  kind: "direct",
  address: "127.77.2.10",
  port: 8080,
  hostname,
  path: customerPath,
};
let body: Body;
beforeEach(() => {
  body = memoryBody(estate);
});

function ask(
  question: string,
  header: Record<string, string>,
  path = "/api/observe",
  method = "POST",
): Promise<Response> {
  return body.fetch(`http://127.77.9.1:8070${path}`, {
    method,
    headers: header,
    ...(method === "GET" ? {} : { body: question }),
  });
}

function signed(
  question: string,
  secret = body.secrets("env:VANTAGE_SECRET"),
  at = body.nowMs(),
): Record<string, string> {
  return { [SIGNATURE_HEADER]: signatureOf(question, secret, at) };
}

const question = JSON.stringify({ probes: [direct], timeoutMs: 1_000 });

test("answers a signed question with what it saw, and who answered", async () => {
  expect(await observe(body, "warsaw", [direct])).toEqual({
    vantage: "warsaw",
    results: [{ id: "a", kind: "answered", status: 200, by: "api-main", tookMs: 1 }],
  });
});

test("says why it saw nothing, and for how long it tried", async () => {
  await body.cut("api-main");
  const { results } = await observe(body, "dublin", [direct], 700);
  expect(results).toEqual([{ id: "a", kind: "failed", reason: "no connection within 700 ms", tookMs: 700 }]);
});

test.each([
  ["without a signature", () => ask(question, {})],
  ["with somebody else's secret", () => ask(question, signed(question, "guessed"))],
  ["signed over another body", () => ask(question, signed(`${question} `))],
  [
    "signed five minutes and more ago",
    () => ask(question, signed(question, undefined, body.nowMs() - 301_000)),
  ],
  ["signed in the future", () => ask(question, signed(question, undefined, body.nowMs() + 301_000))],
  ["with a signature in another shape", () => ask(question, { [SIGNATURE_HEADER]: "v1=0" })],
])("refuses a question %s with 401", async (_, asked) => {
  expect((await asked()).status).toBe(401);
});

test("a signature of four minutes ago is good", async () => {
  expect((await ask(question, signed(question, undefined, body.nowMs() - 240_000))).status).toBe(200);
});

test.each([
  ["an address outside its setup", { ...direct, address: "127.0.0.1" }],
  ["another port", { ...direct, port: 22 }],
  ["another name", { ...direct, hostname: "internal.example.com" }],
  [
    "a name server that is none of ours",
    { id: "d", kind: "dns", hostname, dns: [{ address: "127.0.0.1", port: 53 }] },
  ],
])("refuses to look at %s with 403", async (_, probe) => {
  const text = JSON.stringify({ probes: [direct, probe], timeoutMs: 1_000 });
  const answer = await ask(text, signed(text));
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining("was not set up to look at"),
  ]);
});

test("says what is wrong with a question that is none", async () => {
  const text = JSON.stringify({ probes: [{ ...direct, path: "orders" }], timeoutMs: 0 });
  const answer = await ask(text, signed(text));
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("timeoutMs")]);
  expect((await ask("{", signed("{"))).status).toBe(400);
  expect((await ask(question, signed(question), "/api/other")).status).toBe(404);
  expect((await ask(question, signed(question), "/api/observe", "GET")).status).toBe(405);
});
