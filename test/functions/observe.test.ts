import { sign } from "../../adapters/vantage";
import { MOST_QUESTIONS } from "../../functions/edge/question-limits";
import { MOST_FAILURES } from "../../functions/edge/throttle";
import { observeLimits } from "../../shared/observe/question";
import type { ProbeResult } from "../../shared/probe";
import { questions } from "../../shared/questions";
import { plus } from "../../shared/time";
import { shippedEstate } from "../support/estate";
import { NOW, openVantageApp, SECRET, VANTAGE, type VantageApp } from "./vantage-app";

const estate = shippedEstate();
const probes = questions(estate).map((one) => one.probe);
const question = JSON.stringify({ probes, timeoutMs: 2_000 });
const answered = (id: string): ProbeResult => ({ id, kind: "answered", status: 200, tookMs: 1 });

let vantage: VantageApp;
let results: (question: { probes: { id: string }[] }) => Promise<ProbeResult[]>;
beforeEach(async () => {
  results = async ({ probes }) => probes.map((one) => answered(one.id));
  vantage = await openVantageApp({ probe: (asked) => results(asked) });
});
afterEach(() => vantage.end());

const signed = (at: string, secret = SECRET, body = question) => ({
  "x-switchover-signature": sign(body, secret, at),
});

async function refusal(answer: Response): Promise<[number, string]> {
  const { error } = (await answer.json()) as { error: { code: string; says: string; hint: string } };
  expect(error.says).not.toBe("");
  expect(error.hint).not.toBe("");
  return [answer.status, error.code];
}

test("a vantage has two routes, and no timer, no orchestration, no page", () => {
  expect(vantage.host.functions().map((one) => one.name)).toEqual(["health", "observe"]);
});

test("answers a signed question in its own name, with the headers of every answer", async () => {
  const answer = await vantage.askSigned(question);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toEqual({ vantage: VANTAGE, results: probes.map((one) => answered(one.id)) });
});

test("says that it is ready, without a ledger", async () => {
  const answer = await vantage.host.fetch(new Request("http://localhost/api/health"));
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { status: "ok", service: "switchover", version: "0.1.0", company: estate.company, vantage: VANTAGE },
  ]);
});

test.each([
  ["without a signature", {}, "QUESTION_UNSIGNED"],
  ["signed with another secret", signed(NOW, "guessed"), "QUESTION_UNSIGNED"],
  ["signed over another body", signed(NOW, SECRET, `${question} `), "QUESTION_UNSIGNED"],
  ["with a signature in another form", { "x-switchover-signature": "v1=0" }, "QUESTION_UNSIGNED"],
  [
    "whose time was moved after it was signed",
    {
      "x-switchover-signature": signed(plus(NOW, -600_000))["x-switchover-signature"].replace(
        /^t=\d+/,
        `t=${Date.parse(NOW) / 1_000}`,
      ),
    },
    "QUESTION_UNSIGNED",
  ],
  ["signed more than five minutes ago", signed(plus(NOW, -301_000)), "QUESTION_STALE"],
  ["signed more than five minutes ahead", signed(plus(NOW, 301_000)), "QUESTION_STALE"],
])("refuses a question %s, and looks at nothing", async (_, headers, code) => {
  expect(await refusal(await vantage.ask(question, headers))).toEqual([401, code]);
  expect(vantage.questions).toEqual([]);
});

test("takes clocks that are four minutes apart", async () => {
  expect((await vantage.ask(question, signed(plus(NOW, -240_000)))).status).toBe(200);
  expect((await vantage.ask(question, signed(plus(NOW, 240_000)))).status).toBe(200);
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no probes", JSON.stringify({ probes: [], timeoutMs: 1 })],
  ["a probe without an id", JSON.stringify({ probes: [{ kind: "dns" }], timeoutMs: 1 })],
  ["one id twice", JSON.stringify({ probes: [probes[0], probes[0]], timeoutMs: 1 })],
  ["no time", JSON.stringify({ probes })],
  ["more time than a look may take", JSON.stringify({ probes, timeoutMs: observeLimits.probeMs + 1 })],
  ["what is no setting of a question", JSON.stringify({ probes, timeoutMs: 1, redirect: "follow" })],
  [
    "more probes than a look may have",
    JSON.stringify({
      probes: Array.from({ length: observeLimits.probes + 1 }, (_, id) => ({ id: String(id) })),
      timeoutMs: 1,
    }),
  ],
])("refuses %s with 400, and looks at nothing", async (_, body) => {
  expect(await refusal(await vantage.askSigned(body))).toEqual([400, "BAD_QUESTION"]);
  expect(vantage.questions).toEqual([]);
});

test("refuses what is too long, or packed, before it reads it", async () => {
  const long = question + " ".repeat(observeLimits.bytes);
  expect(await refusal(await vantage.askSigned(long))).toEqual([413, "BAD_QUESTION"]);
  const packed = await vantage.ask(question, { ...signed(NOW), "content-encoding": "gzip" });
  expect(await refusal(packed)).toEqual([415, "BAD_QUESTION"]);
  expect(vantage.questions).toEqual([]);
});

test("answers the next question although a look has failed, and says nothing of the reason", async () => {
  results = async () => {
    throw new Error("something about 10.0.0.1");
  };
  const answer = await vantage.askSigned(question);
  const text = await answer.text();
  expect([answer.status, text.includes("10.0.0.1"), text.includes("UNEXPECTED")]).toEqual([500, false, true]);
  results = async () => [];
  expect((await vantage.askSigned(question)).status).toBe(200);
});

test("looks so often in a minute and no oftener, whoever repeats a question that was signed once", async () => {
  for (let count = 0; count < MOST_QUESTIONS.perMinute; count++)
    expect((await vantage.askSigned(question)).status).toBe(200);
  const late = await vantage.askSigned(question);
  expect([late.headers.get("retry-after"), ...(await refusal(late))]).toEqual([
    "40",
    429,
    "TOO_MANY_QUESTIONS",
  ]);
  expect(vantage.questions).toHaveLength(MOST_QUESTIONS.perMinute);
  vantage.now = plus(NOW, 40_000);
  expect((await vantage.askSigned(question)).status).toBe(200);
});

test("looks for so many at once and no more", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  results = async () => {
    await held;
    return [];
  };
  const asked = Array.from({ length: MOST_QUESTIONS.atOnce + 1 }, () => vantage.askSigned(question));
  const first = await Promise.race(asked);
  expect(await refusal(first)).toEqual([429, "TOO_MANY_QUESTIONS"]);
  release();
  const statuses = (await Promise.all(asked)).map((one) => one.status);
  expect(statuses.filter((one) => one === 200)).toHaveLength(MOST_QUESTIONS.atOnce);
});

test("answers 429 to whoever guesses secrets, and still answers the right one", async () => {
  const guess = () => vantage.ask(question, signed(NOW, "guessed"));
  for (let count = 0; count < MOST_FAILURES["unsigned-question"]; count++)
    expect((await guess()).status).toBe(401);
  expect((await guess()).status).toBe(429);
  expect((await vantage.askSigned(question)).status).toBe(200);
});
