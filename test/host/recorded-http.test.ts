import { disposeRigs, type Rig } from "./harness";
import { normalised } from "./normalise";
import { before, differs, notYetRun, operations } from "./recorded-calls";
import { recordedRig } from "./recorded-app";

/** A call to the recorded app on the real host, and what it answered. `at` is its number in the recording. */
type Recorded = {
  at: number;
  title: string;
  method: string;
  path: string;
  sent?: Record<string, string>;
  body?: string;
  status: number;
  headers: Record<string, string>;
  /** JSON. */
  answer?: unknown;
  /** What is no JSON, or was cut in the recording. */
  text?: string;
};
type Answer = { status: number; headers: Record<string, string>; json: unknown; text: string };

const recording = require("./recorded/http.json") as Recorded[];

const entities = (call: Recorded) => /\/entities|\/client\/(entity|signal)/.test(call.path);

/** Of lists that were cut in the recording status and headers are compared, not the bodies. */
const whole = (call: Recorded) => call.text === undefined && !madeUpIds.has(call.at);

/** Which instances are on these pages depends on ids that the host made up. */
const madeUpIds = new Set([84, 85]);

const answers = new Map<number, Answer>();

const kept = ["content-type", "location", "retry-after", "www-authenticate", "x-ms-continuation-token"];

function comparable(here: Rig, text: string): string {
  const { system, master } = here.host.keys();
  return text
    .replaceAll(encodeURIComponent(system), "KEY")
    .replaceAll(system, "KEY")
    .replaceAll(master, "MASTERKEY")
    .replaceAll(here.host.rpcBaseUrl, "http://127.0.0.1:30064/durabletask/")
    .replaceAll("localhost:7071", "HOST")
    .replaceAll("127.0.0.1:7071", "HOST");
}

/** The recorded waits were for seconds; a call of this test waits as briefly as it can. */
const hurried = (path: string) =>
  path
    .replace(/timeout=\d+&pollingInterval=1/, "timeout=0.3&pollingInterval=0.01")
    .replace("ms=1200", "ms=501");

/** The one long body was cut in the recording. */
const wholeBody = (body: string) =>
  body.startsWith('{"s": "yyyy') ? JSON.stringify({ s: "y".repeat(200 * 1024) }) : body;

async function send(here: Rig, call: Omit<Recorded, "at" | "title" | "status">): Promise<Answer> {
  const { system, master } = here.host.keys();
  const withKey = (text: string) => text.replace("MASTERKEY", master).replace("KEY", system);
  const headers = Object.entries(call.sent ?? {}).map(
    ([name, value]) => [name, withKey(value)] as [string, string],
  );
  const request = new Request(`http://localhost:7071${withKey(hurried(call.path))}`, {
    method: call.method,
    headers,
    ...(call.body === undefined ? {} : { body: Buffer.from(wholeBody(call.body)) }),
  });
  const waiting = { over: false };
  const answering = here.host.fetch(request).finally(() => {
    waiting.over = true;
  });
  while (/[?&]timeout=/.test(call.path) && !waiting.over) {
    await runOnward(here);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const response = await answering;
  const text = comparable(here, await response.text());
  const found = kept.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, comparable(here, value)] as const];
  });
  return { status: response.status, headers: Object.fromEntries(found), json: parsed(text), text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs what is due, and durable timers of some seconds. */
async function runOnward({ host, clock }: Rig): Promise<void> {
  await host.runUntilIdle();
  for (let moves = 0; moves < 4; moves += 1) {
    const due = host.nextDueAt();
    if (due === undefined || due > clock.now() + 5000) {
      return;
    }
    clock.set(due);
    await host.runUntilIdle();
  }
}

async function prepare(here: Rig, at: number): Promise<void> {
  const root = "/runtime/webhooks/durabletask";
  for (const [name, id, input] of before[at] ?? []) {
    const path = `${root}/orchestrators/${name}/${id}?code=KEY`;
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    expect((await send(here, { method: "POST", path, headers: {}, ...body })).status).toBe(202);
  }
  if (!notYetRun.has(at)) {
    await runOnward(here);
  }
  const operation = operations[at];
  if (operation) {
    await send(here, { method: "POST", path: `${root}/${operation}&code=KEY`, headers: {} });
    await runOnward(here);
  }
}

beforeAll(async () => {
  // The durable library reads it there.
  process.env["WEBSITE_HOSTNAME"] = "127.0.0.1:7071";
  const here = await recordedRig();
  let token: string | undefined;
  for (const call of recording) {
    await prepare(here, call.at);
    const sent =
      call.at === 85 && token !== undefined ? { ...call, sent: { "x-ms-continuation-token": token } } : call;
    const answer = await send(here, sent);
    token = answer.headers["x-ms-continuation-token"] ?? token;
    answers.set(call.at, answer);
    if (!notYetRun.has(call.at + 1)) {
      await runOnward(here);
    }
  }
});

afterAll(() => {
  delete process.env["WEBSITE_HOSTNAME"];
  disposeRigs();
});

/** Takes out the texts of .NET's JSON reader, the order of known functions, and what a token looks like inside. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(normalised(value) ?? null);
  return JSON.parse(
    text
      .replace(
        /"ExceptionMessage":"[^"]*(?:\\"[^"]*)*","ExceptionType":"Newtonsoft/,
        '"ExceptionType":"Newtonsoft',
      )
      .replaceAll(/known orchestrator functions: [^."]*/g, "known orchestrator functions: ")
      .replaceAll(/"x-ms-continuation-token":"[^"]+"/g, '"x-ms-continuation-token":"TOKEN"'),
  );
}

const named = recording.map((call) => [`${call.at} ${call.title}`, call] as const);

test.each(named.filter(([, call]) => !entities(call) && differs[call.at] === undefined))(
  "answers what the real host did: %s",
  (_, call) => {
    const answer = answers.get(call.at) as Answer;
    expect({ status: answer.status, headers: plain(answer.headers) }).toEqual({
      status: call.status,
      headers: plain(call.headers),
    });
    if (whole(call)) {
      const seen = plain(answer.json ?? (answer.text || undefined));
      expect(seen).toEqual(plain(call.answer));
      // Clients in other languages may read the members in order.
      expect(JSON.stringify(seen)).toBe(JSON.stringify(plain(call.answer)));
    }
  },
);

test.each(named.filter(([, { at }]) => differs[at] !== undefined))("differs on purpose: %s", (_, { at }) => {
  expect(answers.get(at)?.status).toBe(differs[at]?.status);
});

test("lists three on a page that asks for three", () => {
  expect([...madeUpIds].map((at) => answers.get(at)?.json)).toEqual([
    [expect.anything(), expect.anything(), expect.anything()],
    [expect.anything(), expect.anything(), expect.anything()],
  ]);
});

test("still has what the real host's purge by filter had deleted while it ran", () => {
  expect(JSON.stringify(answers.get(130)?.json)).toContain('"p-run"');
  expect(JSON.stringify(answers.get(135)?.json)).toContain('"run1"');
});

test.each(named.filter(([, call]) => entities(call) && call.path.startsWith("/runtime")))(
  "says that it has no entities: %s",
  (_, { at }) => {
    expect(answers.get(at)).toMatchObject({ status: 501, json: "This host has no durable entities." });
  },
);
