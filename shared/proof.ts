import { RecoveryError } from "./errors";
import { audit } from "./ledger/audit";
import { giveTryBack, takeTry, useCode } from "./ledger/people";
import { isRecoveryCode, takeRecoveryCode } from "./recovery-codes";
import { between, type Instant } from "./time";
import type { World } from "./world";

/** A sign-in at Entra that the edge has verified, and when the person last typed or touched something for it. */
export type SignIn = { person: string; authenticatedAt: Instant | null };

/** What somebody gave to show who they are. Blank is the same as not given; the code goes before the others. */
export type Proof = { code: string; recovery?: string; signIn?: SignIn };

/** Why the proof was not taken, for the person who gave it, and which field to mend. */
export type Unproven = { status: 400 | 403 | 429; field: "code" | "recovery"; says: string };

/** A sign-in that is older does not approve: the session may have been left open (S-05). */
export const FRESH_FOR = 15 * 60_000;
/** Entra's clock and ours. */
const AHEAD_AT_MOST = 2 * 60_000;

/**
 * Is this the person? Nothing, or the reason. Proven by one of three things that are in no message and on no
 * page: the one-time code of now, a recovery code, or a fresh sign-in of exactly this person.
 */
export async function unproven(person: string, proof: Proof, world: World): Promise<Unproven | undefined> {
  const { recovery = "", signIn } = proof;
  if (proof.code.trim() !== "") return await wrongCode(person, proof.code, world);
  if (recovery.trim() !== "") return await wrongRecovery(person, recovery, world);
  if (signIn !== undefined) return wrongSignIn(person, signIn, world);
  return { status: 400, field: "code", says: "Type the six digits that your authenticator shows now." };
}

async function wrongCode(person: string, given: string, world: World): Promise<Unproven | undefined> {
  const { ledger, codes } = world;
  const refuse = (status: 400 | 429, says: string): Unproven => ({ status, field: "code", says });
  const code = given.replace(/\s/g, "");
  if (!/^\d{6}$/.test(code)) return refuse(400, "Type the six digits that your authenticator shows now.");
  if (!(await mayTry(person, world))) {
    return refuse(
      429,
      "Too many wrong codes. Wait five minutes, use a recovery code, or let somebody else decide.",
    );
  }
  const step = codes.stepOf(person, code);
  if (step === undefined)
    return refuse(400, "That code is not right, or it is over. Type the one that is shown now.");
  // A code that was right once is no guess, also when it was used already: a double click must lock nobody out.
  await giveTryBack(ledger, person);
  if (await useCode(ledger, person, step)) return undefined;
  return refuse(400, "That code was used already. Wait for the next one; codes change every 30 seconds.");
}

/** Ten recovery codes of 80 bits can't be guessed, so a right one opens the door also while it is locked. */
async function wrongRecovery(person: string, given: string, world: World): Promise<Unproven | undefined> {
  const refuse = (status: 400 | 429, says: string): Unproven => ({ status, field: "recovery", says });
  if (!isRecoveryCode(given))
    return refuse(400, "A recovery code is four groups of four letters and digits, as on your sheet.");
  const left = await takeRecoveryCode(world, person, given);
  if (left !== undefined) {
    await audit(world, {
      actor: person,
      action: "recovery-code-used",
      subject: person,
      detail: `${left} left`,
    });
    return undefined;
  }
  if (await mayTry(person, world))
    return refuse(400, "That is no recovery code of yours, or it was used already.");
  return refuse(429, "Too many wrong codes. Wait five minutes, or let somebody else decide.");
}

function wrongSignIn(person: string, { person: signedIn, authenticatedAt }: SignIn, world: World) {
  const refuse = (status: 400 | 403, says: string): Unproven => ({ status, field: "code", says });
  if (signedIn !== person)
    return refuse(403, "You are signed in as somebody else than this link was sent to. Type your code.");
  const age = authenticatedAt === null ? Number.NaN : between(authenticatedAt, world.clock.now());
  if (age <= FRESH_FOR && age >= -AHEAD_AT_MOST) return undefined;
  return refuse(400, "Your sign-in is older than 15 minutes. Sign in again, or type your code.");
}

/** So many at once that the ledger can't order them are no person typing: closed, as any doubt here (S-17, S-19). */
async function mayTry(person: string, world: World): Promise<boolean> {
  try {
    return await takeTry(world.ledger, person, world.clock.now());
  } catch (thrown) {
    if (thrown instanceof RecoveryError && thrown.code === "LEDGER_CONTENDED") return false;
    throw thrown;
  }
}
