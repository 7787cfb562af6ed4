import { gateGonePage, gatePage, type GatePageView } from "../../console";
import { tagsOf, textInside, textOf } from "./markup";
import { HASH, NOW, sampleGateView, TOKEN } from "./samples";

const vote = (person: string, vote: "approve" | "reject", reason: string | null = null) => ({
  person,
  vote,
  reason,
  at: NOW,
  planHash: HASH,
});

/** The page's forms, each as its attributes and the fields that a POST would carry. */
function formsOf(page: string) {
  const tags = tagsOf(page);
  const starts = tags.flatMap((one, i) => (one.name === "form" && !one.closes ? [i] : []));
  return starts.map((start) => {
    const end = tags.findIndex((one, i) => i > start && one.name === "form" && one.closes);
    const inputs = tags.slice(start, end).filter((one) => one.name === "input");
    const fields = Object.fromEntries(
      inputs.map(({ attributes }) => [attributes.get("name"), Object.fromEntries(attributes)]),
    );
    const attributes: Record<string, string> = Object.fromEntries(tags[start]?.attributes ?? []);
    return { ...attributes, action: attributes["action"], fields };
  });
}

test("offers forms that post all that a vote needs", () => {
  const [approve, recovery, reject, ...others] = formsOf(gatePage(sampleGateView()));
  expect(others).toEqual([]);
  const hidden = { form: { type: "hidden", value: TOKEN }, plan: { type: "hidden", value: HASH } };
  expect(approve).toMatchObject({ method: "post", action: "/gates/inc-7k2m9x4q/gate-1/t0k3n/approve" });
  expect(approve?.fields).toMatchObject({
    ...hidden,
    code: { inputmode: "numeric", autocomplete: "one-time-code", pattern: "[0-9]{6}", required: "" },
  });
  expect(Object.keys(approve?.fields ?? {}).sort()).toEqual(["code", "form", "plan"]);
  expect(reject).toMatchObject({ method: "post", action: "/gates/inc-7k2m9x4q/gate-1/t0k3n/reject" });
  expect(reject?.fields).toMatchObject({ ...hidden, reason: { type: "text", required: "" } });
  expect(Object.keys(reject?.fields ?? {}).sort()).toEqual(["form", "plan", "reason"]);
  expect(recovery).toMatchObject({ method: "post", action: "/gates/inc-7k2m9x4q/gate-1/t0k3n/approve" });
  expect(recovery?.fields).toMatchObject({ ...hidden, recovery: { type: "text", required: "" } });
  expect(Object.keys(recovery?.fields ?? {}).sort()).toEqual(["form", "plan", "recovery"]);
});

test("keeps recovery codes folded away, and open when one was not accepted", () => {
  const details = (view: GatePageView) =>
    tagsOf(gatePage(view))
      .find((one) => one.name === "details" && !one.closes)
      ?.attributes.has("open");
  expect(textOf(gatePage(sampleGateView()))).toContain("No phone at hand?");
  expect(details(sampleGateView())).toBe(false);
  expect(details({ ...sampleGateView(), problem: { field: "recovery", says: "It was used." } })).toBe(true);
});

test("offers the signed-in person a form without a code, and everybody else the way to sign in", () => {
  const url = "/.auth/login/aad?post_login_redirect_uri=%2Fgates%2Fx";
  const fresh = gatePage({ ...sampleGateView(), signIn: { fresh: true, url } });
  const form = formsOf(fresh).find((one) => Object.keys(one.fields).sort().join() === "form,plan");
  expect(form).toMatchObject({ action: "/gates/inc-7k2m9x4q/gate-1/t0k3n/approve" });
  expect(textOf(fresh)).toContain("Approve as Bo Lind, signed in");
  const stale = gatePage({ ...sampleGateView(), signIn: { fresh: false, url } });
  expect(formsOf(stale).every((one) => Object.keys(one.fields).length === 3)).toBe(true);
  expect(tagsOf(stale).some((one) => one.attributes.get("href") === url)).toBe(true);
});

test("says what is down, what exactly will happen, what it costs and who decides", () => {
  const page = gatePage(sampleGateView());
  const text = textOf(page).replace(/\s+/g, " ");
  for (const part of [
    "Point DNS at the backup server",
    "The load balancer lb-1 is gone",
    "Load balancer: Balancer host down",
    "02:08:12 UTC (6 min ago)",
    "25 min, until 02:39:40 UTC",
    "9f2c41d07ab3",
    "dns/shop.example.com/372e67954025e0ba6aaa6d586b9e0b59",
    "A 203.0.113.10 proxied ttl 1 →becomes A 203.0.113.20 DNS only ttl 60",
    "lb-1/api-main ready →becomes drain",
    "Undo none: resolvers may keep the new address for 60 s",
    "the address of api-backup becomes public",
    "Point the record at lb-1 again",
    "shop.example.com bypasses CloudFlare and lb-1.",
    "Both reach api-backup directly",
    "1 of 2 approvals",
    "bo (you)",
    "cy Approved 02:12:05 UTC",
    "ann No answer yet",
  ]) {
    expect(text).toContain(part);
  }
  expect(page).not.toContain("<script");
});

test("shows a plan's values whole, however long they are", () => {
  const view = sampleGateView();
  const says = "x".repeat(5_000);
  const [first, ...others] = view.plan.steps;
  if (!first) throw new Error("the sample has no step");
  const plan = {
    ...view.plan,
    steps: [{ ...first, says }, ...others],
    losses: [says],
    wayBack: says,
    evidence: [says],
  };
  expect(textOf(gatePage({ ...view, plan })).split(says)).toHaveLength(5);
});

const decided: [string, Partial<GatePageView["gate"]>, string[]][] = [
  [
    "granted",
    { state: "granted", over: true, votes: [vote("cy", "approve"), vote("ann", "approve")] },
    ["The decision", "Approved", "By cy, ann."],
  ],
  [
    "refused",
    { state: "refused", votes: [vote("cy", "approve"), vote("ann", "reject", "wait")] },
    ["The decision", "Rejected", "By ann.", "wait"],
  ],
  ["expired", { state: "expired" }, ["Nobody decides this any more", "Time ran out; nothing was done"]],
  ["void", { state: "void" }, ["Nobody decides this any more", "No longer valid; nothing was done"]],
];

test.each(decided)("has no form once it is %s, and says by whom, when and why", (_state, change, parts) => {
  const view = sampleGateView();
  const page = gatePage({
    ...view,
    gate: { ...view.gate, decidedAt: "2027-03-14T02:13:00.000Z", says: "Because it was so.", ...change },
  });
  expect(formsOf(page)).toEqual([]);
  const text = textOf(page);
  for (const part of [...parts, "Because it was so.", "02:13:00 UTC", "What was proposed"])
    expect(text).toContain(part);
  expect(page).not.toContain(TOKEN);
});

test("leaves only the veto after your own yes, and shows that yes", () => {
  const page = gatePage({ ...sampleGateView(), yourVote: vote("bo", "approve") });
  expect(formsOf(page).map((form) => form.action)).toEqual([sampleGateView().rejectUrl]);
  expect(textOf(page)).toContain("You approved this 02:14:30 UTC");
  expect(textOf(page)).toContain("Your vote is in");
});

test("leaves only the veto while an approved plan runs, and nothing once it has ended or was vetoed", () => {
  const view = sampleGateView();
  const granted = {
    ...view.gate,
    state: "granted" as const,
    votes: [vote("cy", "approve"), vote("ann", "approve")],
  };
  expect(formsOf(gatePage({ ...view, gate: granted })).map((form) => form.action)).toEqual([view.rejectUrl]);
  expect(formsOf(gatePage({ ...view, gate: { ...granted, over: true } }))).toEqual([]);
  expect(formsOf(gatePage({ ...view, yourVote: vote("bo", "reject", "wait") }))).toEqual([]);
});

/** The ledger still says "pending" here: it writes the end down at its next tick, or never if the engine is dead. */
describe.each(["2027-03-14T02:39:40.000Z", "2027-03-15T00:00:00.000Z", "never"])(
  "at %s, when the time to decide is over or unknown",
  (now) => {
    it.each([
      ["who has not voted", {}],
      ["who has approved", { yourVote: vote("bo", "approve") }],
    ])("has no form for somebody %s, and says that nothing was done", (_who, mine) => {
      const page = gatePage({ ...sampleGateView(), now, ...mine });
      expect(formsOf(page)).toEqual([]);
      const text = textOf(page);
      expect(text).toContain("Time ran out; nothing was done");
      expect(text).not.toMatch(/Waiting for|Your vote is in|No answer yet/);
    });
  },
);

test("does not count an approval of another plan, and says so", () => {
  const view = sampleGateView();
  const text = textOf(
    gatePage({
      ...view,
      gate: { ...view.gate, votes: [{ ...vote("cy", "approve"), planHash: "0".repeat(64) }] },
    }),
  );
  expect(text).toContain("0 of 2 approvals");
  expect(text).toContain("Approved an earlier plan, not this one");
});

test("counts people, not clicks", () => {
  const view = sampleGateView();
  const text = textOf(
    gatePage({ ...view, gate: { ...view.gate, votes: [vote("cy", "approve"), vote("cy", "approve")] } }),
  );
  expect(text).toContain("1 of 2 approvals");
});

test.each(["code", "recovery", "reason"] as const)("puts a problem with the %s beside its field", (field) => {
  const says = "That was not it.";
  const tags = tagsOf(gatePage({ ...sampleGateView(), problem: { field, says } }));
  const input = tags.find((one) => one.attributes.get("id") === field)?.attributes;
  expect(input?.get("aria-invalid")).toBe("true");
  expect(input?.has("autofocus")).toBe(true);
  expect(input?.get("aria-describedby")).toBe(`${field}-hint ${field}-problem`);
  const problem = tags.findIndex((one) => one.attributes.get("id") === `${field}-problem`);
  expect(textInside(tags, problem)).toBe(says);
});

test("says a problem with the form as a whole at the top, and marks no field", () => {
  const page = gatePage({ ...sampleGateView(), problem: { field: "form", says: "The form was too old." } });
  expect(textOf(page)).toContain("Not accepted. The form was too old.");
  expect(page).not.toContain("aria-invalid");
});

test("posts only to paths of ours or to http", () => {
  const actions = formsOf(
    gatePage({ ...sampleGateView(), approveUrl: "javascript:alert(1)", rejectUrl: "//evil.example" }),
  );
  expect(actions.map((one) => (one as { action?: string }).action)).toEqual(
    ["approve", "recovery", "reject"].map(() => "about:invalid"),
  );
});

test("tells nothing about the incident behind a dead link", () => {
  const text = textOf(
    gateGonePage({ company: "Shop Ltd", says: "It has expired, or it was never one of ours." }),
  );
  expect(text).toContain("It has expired, or it was never one of ours.");
  expect(text).not.toMatch(/incident|plan|gate-/i);
});
