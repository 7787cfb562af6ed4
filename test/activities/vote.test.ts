import { askPeople } from "../../activities/ask-people";
import { vote, type VoteInput } from "../../activities/vote";
import type { Fence } from "../../shared/fence";
import { endGate, readGate } from "../../shared/ledger/gates";
import { useCode } from "../../shared/ledger/people";
import { openBench, type Bench } from "../support/company";
import { pinnedIncident } from "../support/open-incident";

describe("a person's decision", () => {
  let bench: Bench;
  let fence: Fence;
  let hash: string;

  beforeEach(async () => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("balancer-host-down");
    bench.pass(10_000);
    const made = await pinnedIncident(bench);
    fence = made.fence;
    hash = made.pinned.hash;
    await askPeople({ fence, run: "out" }, bench.world);
  });
  afterEach(async () => bench.end());

  const form = (person: string, change: Partial<VoteInput> = {}): VoteInput => {
    const token = bench.world.links.token(fence.incident, "out-1", person);
    const code = bench.company.phones().find((phone) => phone.person === person)?.code ?? "";
    return {
      token,
      vote: "approve",
      code,
      reason: "",
      form: bench.world.links.formToken(token),
      plan: hash,
      ...change,
    };
  };
  const gate = async () => await readGate(bench.world.ledger, fence.incident, "out-1");

  it("is counted with the code of the moment", async () => {
    expect(await vote(form("bo"), bench.world)).toMatchObject({
      kind: "answered",
      cast: { kind: "counted" },
    });
    expect(await gate()).toMatchObject({ state: "granted", votes: [{ person: "bo", vote: "approve" }] });
  });

  it("counts once however often it is sent, and shows the first", async () => {
    const sent = form("bo");
    await Promise.all([vote(sent, bench.world), vote(sent, bench.world), vote(sent, bench.world)]);
    expect(await vote(sent, bench.world)).toMatchObject({ kind: "answered", cast: { kind: "earlier" } });
    expect((await gate())?.votes).toHaveLength(1);
  });

  it.each([
    ["a wrong code", { code: "000000" }, "code", 400],
    ["no code", { code: "" }, "code", 400],
    ["words for a code", { code: "approve" }, "code", 400],
    ["another plan than the one that is asked about", { plan: "0".repeat(64) }, "form", 409],
    ["a form that is not ours", { form: "x" }, "form", 403],
    ["a rejection without a reason", { vote: "reject", reason: "  .. " }, "reason", 400],
  ] as const)("changes nothing with %s", async (_what, change, field, status) => {
    expect(await vote(form("bo", change), bench.world)).toMatchObject({ kind: "problem", field, status });
    expect(await gate()).toMatchObject({ state: "pending", votes: [] });
  });

  it("takes each code once per person, whatever it was used for", async () => {
    const step = bench.world.codes.stepOf("bo", form("bo").code) ?? 0;
    await useCode(bench.world.ledger, "bo", step);
    expect(await vote(form("bo"), bench.world)).toMatchObject({
      kind: "problem",
      field: "code",
      says: expect.stringContaining("used"),
    });
    bench.pass(30_000);
    expect(await vote(form("bo"), bench.world)).toMatchObject({ kind: "answered" });
  });

  it("is refused for a while after five wrong codes, even with the right one", async () => {
    for (let guess = 0; guess < 5; guess++) await vote(form("bo", { code: `11111${guess}` }), bench.world);
    expect(await vote(form("bo"), bench.world)).toMatchObject({ kind: "problem", status: 429 });
    bench.pass(301_000);
    expect(await vote(form("bo"), bench.world)).toMatchObject({ kind: "answered" });
  });

  it("stops everything by one veto, with its reason", async () => {
    await vote(form("cy", { vote: "reject", reason: "the network team is on it" }), bench.world);
    expect(await gate()).toMatchObject({
      state: "refused",
      says: expect.stringContaining("the network team is on it"),
    });
    expect(await vote(form("bo"), bench.world)).toMatchObject({
      kind: "answered",
      cast: { kind: "too-late" },
    });
  });

  it("needs as many different people as the plan says", async () => {
    await bench.world.ledger.commit(`incident:${fence.incident}`, [
      { put: "gate/out-1", value: { ...(await gate()), quorum: 2 } },
    ]);
    await vote(form("bo"), bench.world);
    bench.pass(30_000);
    await vote(form("bo"), bench.world);
    expect(await gate()).toMatchObject({ state: "pending" });
    await vote(form("ann"), bench.world);
    expect(await gate()).toMatchObject({ state: "granted" });
  });

  it("comes too late for a question that is void, and the page behind the link says why", async () => {
    await endGate(bench.world.ledger, fence.incident, "out-1", {
      state: "void",
      says: "Customers are served again.",
      at: bench.world.clock.now(),
    });
    expect(await vote(form("bo"), bench.world)).toMatchObject({
      cast: { kind: "too-late", gate: { says: "Customers are served again." } },
    });
  });

  it("through a link that nobody was given is no decision", async () => {
    expect(await vote(form("bo", { token: "A".repeat(43) }), bench.world)).toEqual({ kind: "unknown-link" });
  });
});
