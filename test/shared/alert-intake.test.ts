import * as fc from "fast-check";
import { signAlert, signatureVerifier } from "../../adapters/alert-signature";
import { intake, type IntakeRequest } from "../../shared/alert/intake";
import recorded from "../nagios/recorded-requests.json";

const NOW = "2026-11-22T19:00:00.000Z";
const SECONDS = String(Date.parse(NOW) / 1000);
const SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=";
const rules = { now: NOW, secrets: [signatureVerifier(SECRET)] };
const FORM = "application/x-www-form-urlencoded";
const BODY = "HOSTNAME=lb-1&HOSTSTATE=DOWN&NOTIFICATIONTYPE=PROBLEM";

type Changes = {
  body?: string | Uint8Array;
  contentType?: string | null;
  contentLength?: string | null;
  headers?: Record<string, string | null>;
  secret?: string;
};

/** A request that is right but for the changes; signed over the changed body. */
function request({
  body = BODY,
  contentType = FORM,
  contentLength,
  headers = {},
  secret = SECRET,
}: Changes = {}): IntakeRequest {
  const bytes = Buffer.from(body);
  const id = headers["webhook-id"] ?? "nagios_1";
  const timestamp = headers["webhook-timestamp"] ?? SECONDS;
  const all: Record<string, string | null> = {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signAlert(secret, id, timestamp, bytes),
    ...headers,
  };
  return {
    contentLength: contentLength === undefined ? String(bytes.length) : contentLength,
    contentType,
    headers: { get: (name) => all[name] ?? null },
    body: bytes,
  };
}

const header = (name: string, value: string | null): Changes => ({ headers: { [name]: value } });
const secondsFromNow = (seconds: number) => header("webhook-timestamp", String(Number(SECONDS) + seconds));

test.each([
  ["a form", {}],
  ["a form that names its charset", { contentType: `${FORM}; charset=UTF-8` }],
  ["JSON", { contentType: "application/json", body: '{"host":"lb-1","state":"DOWN","type":"PROBLEM"}' }],
  [
    "JSON with a byte order mark",
    {
      contentType: 'Application/JSON;charset="utf-8"',
      body: '\ufeff{"host":"lb-1","state":"DOWN","type":"PROBLEM"}',
    },
  ],
  ["a clock 300 s behind", secondsFromNow(-300)],
  ["a clock 300 s ahead", secondsFromNow(300)],
  [
    "a list of signatures after a rotation",
    header("webhook-signature", `v1,old v2,x ${signAlert(SECRET, "nagios_1", SECONDS, BODY)}`),
  ],
  ["an identity encoding", header("content-encoding", "identity")],
  ["the longest id", header("webhook-id", "i".repeat(255))],
])("accepts %s", (_, changes: Changes) => {
  const answer = intake(request(changes), rules);
  const id = changes.headers?.["webhook-id"] ?? "nagios_1";
  expect(answer).toMatchObject({
    status: 202,
    body: { accepted: id },
    alert: { id, host: "lb-1", state: "DOWN", type: "PROBLEM" },
  });
});

test("accepts the old and the new secret while one is being rotated", () => {
  const both = { now: NOW, secrets: [signatureVerifier("new"), signatureVerifier("old")] };
  for (const secret of ["new", "old"]) expect(intake(request({ secret }), both).status).toBe(202);
  expect(intake(request({ secret: "older" }), both).status).toBe(401);
});

test.each(Object.entries(recorded))("accepts the recorded %s", (_, { contentType, body }) => {
  expect(intake(request({ contentType, body }), rules)).toMatchObject({
    status: 202,
    alert: { host: "shop-weu" },
  });
});

const refused: [string, Changes, number, string][] = [
  ["a chunked request, which has no length", { contentLength: null, body: "" }, 411, "length-required"],
  ["a length that is no number", { contentLength: "+5" }, 400, "content-length"],
  ["a body shorter than promised", { contentLength: "999" }, 400, "content-length"],
  ["a body longer than promised", { contentLength: "1" }, 400, "content-length"],
  ["an empty body", { contentLength: "0", body: "" }, 400, "empty-body"],
  ["a body promised too large", { contentLength: "65537" }, 413, "body-too-large"],
  [
    "a body that is too large, whatever was promised",
    { contentLength: "10", body: "a".repeat(65_537) },
    413,
    "body-too-large",
  ],
  ["no content type", { contentType: null }, 415, "content-type"],
  ["another content type", { contentType: "text/plain" }, 415, "content-type"],
  ["a type that only begins like ours", { contentType: "application/json5" }, 415, "content-type"],
  ["another charset", { contentType: `${FORM}; charset=iso-8859-1` }, 415, "content-type"],
  ["a packed body", header("content-encoding", "gzip"), 415, "content-encoding"],
  ["no id", header("webhook-id", null), 401, "webhook-signature"],
  ["no timestamp", header("webhook-timestamp", null), 401, "webhook-signature"],
  ["no signature", header("webhook-signature", null), 401, "webhook-signature"],
  ["a wrong signature", header("webhook-signature", "v1,AAAA"), 401, "webhook-signature"],
  [
    "a signature of another version",
    header("webhook-signature", signAlert(SECRET, "nagios_1", SECONDS, BODY).replace("v1", "v1a")),
    401,
    "webhook-signature",
  ],
  ["a signature under another secret", { secret: "another" }, 401, "webhook-signature"],
  ["an id with a dot", header("webhook-id", "a.b"), 400, "webhook-id"],
  ["an id with a blank", header("webhook-id", "a b"), 400, "webhook-id"],
  ["an id that is too long", header("webhook-id", "i".repeat(256)), 400, "webhook-id"],
  ["an id that is not ASCII", header("webhook-id", "ą"), 400, "webhook-id"],
  ["a timestamp that is no number", header("webhook-timestamp", "now"), 400, "webhook-timestamp"],
  ["a timestamp with a fraction", header("webhook-timestamp", `${SECONDS}.5`), 400, "webhook-timestamp"],
  ["a timestamp in milliseconds", header("webhook-timestamp", `${SECONDS}000`), 400, "webhook-timestamp"],
  ["a timestamp of 301 s ago", secondsFromNow(-301), 401, "webhook-timestamp-stale"],
  ["a timestamp 301 s ahead", secondsFromNow(301), 401, "webhook-timestamp-stale"],
  ["a form with a field twice", { body: `${BODY}&HOSTNAME=lb-1` }, 400, "duplicate-field"],
  ["JSON that is cut off", { contentType: "application/json", body: '{"host":' }, 400, "malformed-json"],
  ["a form without a host", { body: "HOSTSTATE=DOWN" }, 400, "missing-field"],
];

test.each(refused)("refuses %s", (_, changes, status, code) => {
  const answer = intake(request(changes), rules);
  expect(answer).toMatchObject({
    status,
    body: { error: { code, says: expect.any(String), where: expect.any(String) } },
  });
  expect(answer.body).toHaveProperty("error.hint", expect.stringMatching(/.{10}/));
  expect(answer).not.toHaveProperty("alert");
});

test("answers a missing and a wrong signature with the very same bytes", () => {
  const missing = intake(request(header("webhook-signature", null)), rules);
  const wrong = intake(request(header("webhook-signature", `v1,${"A".repeat(43)}=`)), rules);
  const ofNobody = intake(request({ secret: "another", body: "not even a notification" }), rules);
  expect(JSON.stringify(wrong)).toBe(JSON.stringify(missing));
  expect(JSON.stringify(ofNobody)).toBe(JSON.stringify(missing));
});

test("never parses what nobody signed", () => {
  const answer = intake(request({ secret: "another", contentType: "application/json", body: "{" }), rules);
  expect(answer.status).toBe(401);
});

test("tries a bounded number of signatures", () => {
  let tried = 0;
  const counting = {
    now: NOW,
    secrets: [
      () => {
        tried += 1;
        return false;
      },
    ],
  };
  intake(
    request(header("webhook-signature", Array.from({ length: 1000 }, () => "v1,x").join(" "))),
    counting,
  );
  expect(tried).toBe(8);
});

test("says how far the clock is off, and shows no control characters of the sender", () => {
  expect(intake(request(secondsFromNow(-412)), rules).body).toMatchObject({
    error: { says: "The timestamp is 412 s behind our clock." },
  });
  expect(intake(request(header("webhook-id", "a\u001b.b\u202e")), rules).body).toMatchObject({
    error: { value: "a.b" },
  });
});

test("answers every signed body with 202 or 400, and never throws", () => {
  const names = fc.constantFrom(
    "HOSTNAME",
    "hoststate",
    "NAGIOS_SERVICEDESC",
    "state",
    "code",
    "says",
    "hint",
    "__proto__",
    "toString",
    "macros",
  );
  const values = fc.oneof(
    fc.constantFrom("DOWN", "CRITICAL", "PROBLEM", "lb-1", "$X$", "0"),
    fc.string({ unit: "binary" }),
  );
  const pairs = fc.array(fc.tuple(names, values), { maxLength: 8 });
  const form = pairs.map((all) => ({ contentType: FORM, body: new URLSearchParams(all).toString() }));
  const json = pairs.map((all) => ({
    contentType: "application/json",
    body: `{${all.map((each) => each.map((text) => JSON.stringify(text)).join(":")).join(",")}}`,
  }));
  const raw = fc.record({
    contentType: fc.constantFrom(FORM, "application/json"),
    body: fc.uint8Array({ minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.oneof(form, json, raw), (changes) => {
      fc.pre(changes.body.length > 0);
      const answer = intake(request(changes), rules);
      expect([202, 400]).toContain(answer.status);
      expect("alert" in answer).toBe(answer.status === 202);
      expect(JSON.stringify(answer.body)).not.toMatch(/[\p{Cc}]/u);
    }),
    { numRuns: 3000 },
  );
});

test("changing any byte of a signed request makes it 401", () => {
  const mutation = fc.tuple(fc.constantFrom("body", "id", "timestamp"), fc.nat({ max: BODY.length - 1 }));
  fc.assert(
    fc.property(mutation, ([part, at]) => {
      const signature = signAlert(SECRET, "nagios_1", SECONDS, BODY);
      const body = Buffer.from(BODY);
      if (part === "body") body[at] = (body[at] ?? 0) ^ 1;
      const headers = {
        "webhook-signature": signature,
        "webhook-id": part === "id" ? `nagios_${at + 2}` : "nagios_1",
        "webhook-timestamp": part === "timestamp" ? String(Number(SECONDS) + 1 + at) : SECONDS,
      };
      expect(intake(request({ body, headers }), rules).status).toBe(401);
    }),
  );
});
