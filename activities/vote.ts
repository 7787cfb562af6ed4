import { audit } from "../shared/ledger/audit";
import { castVote, findLink, readGate, type Cast, type LinkRow } from "../shared/ledger/gates";
import { unproven, type SignIn } from "../shared/proof";
import type { World } from "../shared/world";

/** What a person's form said. `form` proves that our page was its origin, `plan` which plan it showed. */
export type VoteInput = {
  token: string;
  vote: "approve" | "reject";
  code: string;
  /** A recovery code, when no phone is at hand. */
  recovery?: string;
  /** Who is signed in at Entra, as the edge has verified it. */
  signIn?: SignIn;
  reason: string;
  form: string;
  plan: string;
};

export type Voted =
  | { kind: "unknown-link" }
  | {
      kind: "problem";
      status: 400 | 403 | 409 | 429;
      field: "code" | "recovery" | "reason" | "form";
      says: string;
      link: LinkRow;
    }
  | { kind: "answered"; cast: Cast; link: LinkRow };

const SHORTEST_REASON = 3;

/**
 * One person's decision. Approving needs a one-time code that is in no message and no page; rejecting
 * needs a reason that somebody typed: a scanner that follows and presses everything changes nothing.
 * Once this has answered, the vote is in the ledger, whatever becomes of the doorbell.
 */
export async function vote(input: VoteInput, world: World): Promise<Voted> {
  const link = await findLink(world.ledger, world.links.hashOf(input.token));
  if (link === undefined) return { kind: "unknown-link" };
  const problem = (
    status: 400 | 403 | 409 | 429,
    field: "code" | "recovery" | "reason" | "form",
    says: string,
  ): Voted => ({ kind: "problem", status, field, says, link });
  if (input.form !== world.links.formToken(input.token))
    return problem(403, "form", "This form did not come from our page. Open the link again.");
  const gate = await readGate(world.ledger, link.incident, link.gate);
  if (gate === undefined || !gate.asked.includes(link.person)) return { kind: "unknown-link" };
  const mine = gate.votes.find((one) => one.person === link.person);
  const veto = input.vote === "reject" && gate.state === "granted" && gate.over !== true;
  if (mine?.vote === input.vote || mine?.vote === "reject")
    return { kind: "answered", cast: { kind: "earlier", gate }, link };
  if (gate.over === true || (gate.state !== "pending" && !veto))
    return { kind: "answered", cast: { kind: "too-late", gate }, link };
  if (input.plan !== gate.planHash)
    return problem(409, "form", "The plan is not the one your page showed. Read it again.");

  const reason = input.reason.trim().slice(0, 500);
  if (input.vote === "reject" && reason.replace(/[^\p{L}\p{N}]/gu, "").length < SHORTEST_REASON) {
    return problem(400, "reason", "Type why, in a few words: a rejection without a reason is not counted.");
  }
  if (input.vote === "approve") {
    const wrong = await unproven(link.person, input, world);
    if (wrong !== undefined) {
      // A double click: the other request used the code and has counted the vote by now.
      const after = await readGate(world.ledger, link.incident, link.gate);
      const counted =
        after?.votes.some((one) => one.person === link.person && one.vote === "approve") === true;
      if (after !== undefined && counted)
        return { kind: "answered", cast: { kind: "earlier", gate: after }, link };
      return problem(wrong.status, wrong.field, wrong.says);
    }
  }
  const at = world.clock.now();
  const cast = await castVote(world.ledger, link.incident, link.gate, {
    person: link.person,
    vote: input.vote,
    reason: input.vote === "reject" ? reason : null,
    at,
    planHash: input.plan,
  });
  if (cast === undefined) return { kind: "unknown-link" };
  await audit(world, {
    actor: link.person,
    action: `vote-${input.vote}-${cast.kind}`,
    subject: link.incident,
    detail: `${link.gate} ${gate.planHash} ${reason}`,
  });
  return { kind: "answered", cast, link };
}
