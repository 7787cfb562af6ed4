import { vote, type Voted } from "../../activities/vote";
import { readGate } from "../../shared/ledger/gates";
import { copyOf, take, type Answered, type Model, type Post } from "./gate-model";
import { GATE, INCIDENT, type Rig } from "./gate-rig";

const PERIOD = 30_000;

/** As the form would post it. */
export async function send(rig: Rig, post: Post): Promise<Answered> {
  const { world, company } = rig;
  const shown = company.phones().find((phone) => phone.person === post.person)?.code ?? "";
  const wrong =
    ["000000", "111111"].find((code) => world.codes.stepOf(post.person, code) === undefined) ?? "";
  const codes = { right: shown, wrong, used: rig.lastCode.get(post.person) ?? wrong, none: "" };
  const token = world.links.token(INCIDENT, GATE, post.person);
  const answer = await vote(
    {
      token,
      vote: post.vote,
      code: codes[post.code],
      reason: post.reason === "typed" ? "the network team is on it" : " ..",
      form: post.form === "ours" ? world.links.formToken(token) : "x",
      plan: post.plan === "shown" ? rig.hash : "0".repeat(64),
    },
    world,
  );
  const answered = wordOf(answer);
  if (answered === "counted") rig.accepted.push({ person: post.person, vote: post.vote });
  return answered;
}

function wordOf(answer: Voted): Answered {
  if (answer.kind === "unknown-link") return "unknown-link";
  if (answer.kind === "problem")
    return `problem-${answer.status}-${answer.field as "code" | "reason" | "form"}`;
  return answer.cast.kind === "other-plan" ? "problem-409-form" : answer.cast.kind;
}

function* orders<T>(all: T[]): Generator<T[]> {
  if (all.length < 2) yield all;
  for (const [index, one] of all.entries())
    for (const rest of orders(all.filter((_, other) => other !== index))) yield [one, ...rest];
}

/**
 * Sends them at the same time: what is in the ledger afterwards must be what one order of them gives. A
 * copy that finds its code used by the other may be told so, or be shown the vote; it counts once.
 */
export async function posts(model: Model, rig: Rig, all: Post[]): Promise<string> {
  // So near to the fifth wrong code, who was first decides who is locked out: one after the other then.
  if (all.length > 1 && [...model.tries.values()].some((one) => one.count + all.length > 4)) {
    for (const post of all) await posts(model, rig, [post]);
    return "crowded";
  }
  const before = rig.accepted.length;
  const answers = await Promise.all(all.map((post) => send(rig, post)));
  // Whoever was counted last, as the ledger has it.
  const gate = await readGate(rig.world.ledger, INCIDENT, GATE);
  rig.accepted.splice(before, Infinity, ...sortedAsKept(rig.accepted.slice(before)));
  const outcomes = [...orders([...all.keys()])].map((order) => {
    const after = copyOf(model);
    const expected = new Map(order.map((index) => [index, take(after, all[index] as Post)]));
    return { after, expected: all.map((_, index) => expected.get(index) as Answered) };
  });
  const same = outcomes.find(
    ({ after, expected }) =>
      after.state === gate?.state &&
      votesOf(after) === gate.votes.map(voteOf).sort().join() &&
      expected.every((one, index) => alike(one, answers[index], answers, all.length)),
  );
  if (same === undefined) {
    expect({ state: gate?.state, votes: gate?.votes, answers }).toEqual(
      outcomes.map(({ after, expected }) => ({
        state: after.state,
        votes: votesOf(after),
        answers: expected,
      })),
    );
    throw new Error("unreachable");
  }
  Object.assign(model, same.after);
  for (const post of all) remember(model, rig, post);
  const [first] = answers;
  const late = first === "counted" && all[0]?.vote === "reject" && model.state === "refused";
  return all.length > 1 ? `together-${first}` : late ? "rejected" : `vote-${first}`;
}

/** A person's yes comes before the same person's veto, whichever answer was heard first. */
function sortedAsKept(all: Rig["accepted"]): Rig["accepted"] {
  return all.toSorted((a, b) => a.vote.localeCompare(b.vote));
}

function votesOf(model: Model): string {
  return [...model.votes]
    .map(([person, vote]) => voteOf({ person, vote }))
    .sort()
    .join();
}

function voteOf({ person, vote }: { person: string; vote: string }): string {
  return `${person} ${vote}`;
}

function alike(
  expected: Answered,
  got: Answered | undefined,
  all: (Answered | undefined)[],
  sent: number,
): boolean {
  if (expected === got) return true;
  return sent > 1 && expected === "earlier" && got === "problem-400-code" && all.includes("counted");
}

/** The code of a step that was used: to be sent again. */
function remember(model: Model, rig: Rig, post: Post): void {
  const step = model.lastStep.get(post.person);
  if (post.code !== "right" || step !== Math.floor(model.now / PERIOD)) return;
  const code = rig.company.phones().find((phone) => phone.person === post.person)?.code;
  if (code !== undefined) rig.lastCode.set(post.person, code);
}

/** The process dies somewhere in a vote: it counts wholly or not at all, and can be sent again with a new code. */
export async function crashedVote(model: Model, rig: Rig, post: Post, at: number): Promise<string> {
  const die = async () => {
    throw new Error("killed here");
  };
  const answer = await rig.during(at, die, () => send(rig, post)).catch(() => "died" as const);
  await rig.restart();
  const gate = await readGate(rig.world.ledger, INCIDENT, GATE);
  const counted = gate?.votes.some((one) => one.person === post.person && one.vote === post.vote) === true;
  const known = model.votes.get(post.person) === post.vote;
  const after = copyOf(model);
  const expected = take(after, post);
  if (answer !== "died") expect(answer).toBe(expected);
  if (counted && !known) {
    expect(expected).toBe("counted");
    if (answer === "died") rig.accepted.push({ person: post.person, vote: post.vote });
  }
  if (counted || answer !== "died") Object.assign(model, after);
  expect(gate?.state).toBe(model.state);
  // Whether the code and the try were taken is not known: long enough for both to be history.
  rig.pass(301_000);
  model.now += 301_000;
  model.tries.delete(post.person);
  return `killed-${answer === "died" ? (counted ? "counted" : "not counted") : "too late"}`;
}
