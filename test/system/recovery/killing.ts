import type { IncidentState } from "../../../shared/incident";
import { approve } from "../support/person";
import type { Parts } from "../support/running";
import { pause, until } from "../../support/until";
import { committedIncident } from "./committed";

/** `landed`: the state that the ledger held when the process was dead; `effects`: how far each change had come. */
export type Kill = { landed: IncidentState | "none"; aimed: string; effects: string[] };

export type Victim = {
  parts: Parts;
  kills: Kill[];
  /** Is one more kill wanted in this state, in this incident? */
  wants(state: IncidentState): boolean;
};

/**
 * Where in a state the kill is thrown: at a random moment within these milliseconds after it was seen. What
 * counts is where it landed.
 */
const SPAN: Partial<Record<IncidentState, number>> = {
  diagnosing: 1_200,
  "awaiting-approval": 1_500,
  executing: 60,
  verifying: 1_500,
  probation: 3_000,
};
/** From the start of the process until it answers, roughly. */
const STARTING_MS = 1_000;
/** Two starts of ten are killed before they are over. */
const STARTS_KILLED = 0.2;
/** Three of four kills while executing wait for the change itself. */
const CHANGES_AIMED_AT = 0.75;
const INCIDENT_MS = 180_000;

/** Kills the engine and starts it at once, and notes what the ledger held in between. */
export async function kill({ parts, kills }: Victim, aimed: string): Promise<void> {
  await parts.killEngine();
  const incident = await committedIncident(parts.state());
  parts.startEngine();
  const effects = incident?.effects.map((one) => one.outcome) ?? [];
  kills.push({ landed: incident?.state ?? "none", aimed, effects });
}

/** Kills at random moments of the incident that is open, until it is closed. Somebody approves when nothing is to be killed there any more. */
export async function killUntilClosed(victim: Victim, person: string | undefined): Promise<void> {
  const { parts } = victim;
  const deadline = performance.now() + INCIDENT_MS;
  let voted = false;
  for (;;) {
    if (performance.now() > deadline) throw new Error(await storyOf(victim, "It was never closed."));
    const state = await stateNow(parts);
    if (state === "closed") return;
    if (state === undefined) await pause(10);
    else if (victim.wants(state)) await killIn(victim, state);
    else if (state === "awaiting-approval" && person !== undefined && !voted) {
      await voteUnderFire(victim, person);
      voted = true;
    } else await pause(5);
  }
}

async function killIn(victim: Victim, state: IncidentState): Promise<void> {
  const atChange = state === "executing" && Math.random() < CHANGES_AIMED_AT;
  if (atChange) await changeReached(victim.parts);
  else await pause(Math.random() * (SPAN[state] ?? 0));
  await kill(victim, atChange ? "the change" : state);
  if (Math.random() >= STARTS_KILLED) return;
  await pause(Math.random() * STARTING_MS);
  await kill(victim, "its start");
}

/** The company has the change and the ledger may not know it yet: milliseconds that chance alone would seldom hit. */
async function changeReached({ asked }: Parts): Promise<void> {
  const reached = async () => (await asked.effects()).some((one) => one.by !== "somebody");
  await until("the change reaches the company", reached, { within: 20_000, every: 1, story: asked.story });
}

/** undefined while nobody answers. */
async function stateNow({ asked }: Parts): Promise<IncidentState | undefined> {
  const incidents = await asked.incidents().catch(() => []);
  return incidents[0]?.state;
}

/**
 * A vote while the process dies. One that was answered 303 is in the ledger whatever happened next; one that
 * was not may be there or not: the person looks, and tries again, with the next code where this one is used up.
 */
async function voteUnderFire(victim: Victim, person: string): Promise<void> {
  const { parts } = victim;
  const voting = approve(parts.asked, person).then(
    (answer) => answer.status,
    () => undefined,
  );
  await pause(Math.random() * 60);
  await kill(victim, "the vote");
  const accepted = (await voting) === 303;
  const hasVoted = async () =>
    (await parts.asked.incident()).gates[0]?.votes.some((one) => one.person === person) === true;
  const counted = await until("it answers again", async () => ({ vote: await hasVoted() }), {
    within: 20_000,
    story: () => parts.engine().output(),
  });
  if (accepted && !counted.vote) throw new Error(await storyOf(victim, "An accepted vote was lost."));
  if (counted.vote) return;
  await until("the vote is taken", async () => (await approve(parts.asked, person)).status === 303, {
    within: 40_000,
    every: 1_000,
    story: () => storyOf(victim, ""),
  });
}

export async function storyOf({ parts, kills }: Victim, what: string): Promise<string> {
  const killed = kills.map((one) => `${one.aimed} → ${one.landed} [${one.effects.join(" ")}]`).join("; ");
  return [
    what,
    `Kills (aimed at → landed in [effects]): ${killed}`,
    await parts.asked.story(),
    `The company's own log: ${JSON.stringify(await parts.asked.effects().catch(String), null, 1)}`,
    `The engine's last words:\n${parts.engine().output().slice(-2_000)}`,
  ].join("\n");
}
