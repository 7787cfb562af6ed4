import { countWrongCode, lockedOut, useCode } from "./ledger/people";
import type { World } from "./world";

/** Why the proof was not taken, for the person who gave it. */
export type Unproven = { status: 400 | 429; says: string };

/**
 * Is this the person? Proven by the one-time code of now, which is in no message and no page, and counts
 * once. Nothing, or the reason. Five wrong ones close the door for a while: guessing six digits must not pay.
 */
export async function unproven(person: string, given: string, world: World): Promise<Unproven | undefined> {
  const now = world.clock.now();
  const code = given.replace(/\s/g, "");
  if (!/^\d{6}$/.test(code))
    return { status: 400, says: "Type the six digits that your authenticator shows now." };
  if (await lockedOut(world.ledger, person, now)) {
    return { status: 429, says: "Too many wrong codes. Wait five minutes, or let somebody else decide." };
  }
  const step = world.codes.stepOf(person, code);
  if (step === undefined) {
    await countWrongCode(world.ledger, person, now);
    return { status: 400, says: "That code is not right, or it is over. Type the one that is shown now." };
  }
  if (await useCode(world.ledger, person, step)) return undefined;
  return {
    status: 400,
    says: "That code was used already. Wait for the next one; codes change every 30 seconds.",
  };
}
