import { audit } from "../shared/ledger/audit";
import { classify as choose, readClassification } from "../shared/ledger/classification";
import { findLink, type LinkRow } from "../shared/ledger/gates";
import { unproven, type Proof } from "../shared/proof";
import type { World } from "../shared/world";

export type ClassifyInput = Proof & { token: string; candidate: string; reason: string; form: string };

export type ClassifiedBy =
  | { kind: "unknown-link" }
  | { kind: "problem"; status: 400 | 403 | 429; field: "code" | "recovery" | "reason" | "form"; says: string }
  | { kind: "answered"; link: LinkRow };

/** One person's answer to "what is it?". The first counts; it takes the code of the moment and a typed reason, as a decision does. */
export async function classify(input: ClassifyInput, world: World): Promise<ClassifiedBy> {
  const link = await findLink(world.ledger, world.links.hashOf(input.token));
  if (link === undefined || !link.gate.startsWith("classify-")) return { kind: "unknown-link" };
  if (input.form !== world.links.formToken(input.token)) {
    return {
      kind: "problem",
      status: 403,
      field: "form",
      says: "This form did not come from our page. Open the link again.",
    };
  }
  const question = await readClassification(world.ledger, link.incident, link.gate);
  if (question === undefined || !question.asked.includes(link.person)) return { kind: "unknown-link" };
  if (question.chosen !== null || question.over === true) return { kind: "answered", link };
  const candidate = question.candidates.find((one) => one.id === input.candidate)?.id ?? null;
  if (candidate === null && input.candidate !== "none") {
    return { kind: "problem", status: 400, field: "form", says: "Choose one of the answers." };
  }
  const reason = input.reason.trim().slice(0, 300);
  if (reason.replace(/[^\p{L}\p{N}]/gu, "").length < 3) {
    return { kind: "problem", status: 400, field: "reason", says: "Type why you think so, in a few words." };
  }
  const wrong = await unproven(link.person, input, world);
  if (wrong !== undefined)
    return { kind: "problem", status: wrong.status, field: wrong.field, says: wrong.says };
  const at = world.clock.now();
  const answer = { person: link.person, candidate, reason, at };
  if (!(await choose(world.ledger, link.incident, link.gate, answer))) return { kind: "answered", link };
  const detail = `${candidate ?? "none of these"}: ${reason}`;
  await audit(world, { actor: link.person, action: "classified", subject: link.incident, detail });
  return { kind: "answered", link };
}
