import type { Finding } from "../finding";
import type { Instant } from "../time";
import { all } from "./change";
import type { LinkRow } from "./gates";
import type { Ledger } from "./port";
import { detailsOf } from "./record";

/** What it could be, with the evidence for it: one line of the page on which a person classifies. */
export type Candidate = { id: string; finding: Finding; target: string; says: string };

/** The question "what is it?", put to people when the evidence does not single out one part. */
export type Classification = {
  id: string;
  openedAt: Instant;
  asked: string[];
  /** What was seen, in a sentence. */
  says: string;
  candidates: Candidate[];
  /** `candidate` null: none of these. The first answer counts. */
  chosen: { person: string; candidate: string | null; reason: string; at: Instant } | null;
  over?: boolean;
};

export async function openClassification(
  ledger: Ledger,
  incident: string,
  question: Classification,
  links: { hash: string; person: string }[],
): Promise<void> {
  for (const { hash, person } of links) {
    const link: LinkRow = { incident, gate: question.id, person };
    await ledger.commit("links", [{ put: hash, value: link }]);
  }
  await ledger.commit(detailsOf(incident), [
    { put: `classify/${question.id}`, value: question, ifVersion: null },
  ]);
}

export async function readClassification(
  ledger: Ledger,
  incident: string,
  id: string,
): Promise<Classification | undefined> {
  return (await ledger.read<Classification>(detailsOf(incident), `classify/${id}`))?.value;
}

/** Takes the first answer; whoever comes later is shown it. Is it this one that counts? */
export async function classify(
  ledger: Ledger,
  incident: string,
  id: string,
  answer: NonNullable<Classification["chosen"]>,
): Promise<boolean> {
  const settled = await settle(ledger, incident, id, (question) =>
    question.chosen !== null || question.over === true ? question : { ...question, chosen: answer },
  );
  return settled?.chosen === answer;
}

/** The incident has ended: whoever opens a link to one of its questions is told so, and answers none. */
export async function endClassifications(ledger: Ledger, incident: string): Promise<void> {
  for (const { value } of await all<Classification>(ledger, detailsOf(incident), "classify/"))
    await endClassification(ledger, incident, value.id);
}

/** The question makes no sense any more: the evidence has become clear. */
export async function endClassification(ledger: Ledger, incident: string, id: string): Promise<void> {
  await settle(ledger, incident, id, (question) =>
    question.over === true ? question : { ...question, over: true },
  );
}

async function settle(
  ledger: Ledger,
  incident: string,
  id: string,
  next: (question: Classification) => Classification,
): Promise<Classification | undefined> {
  const key = `classify/${id}`;
  for (;;) {
    const row = await ledger.read<Classification>(detailsOf(incident), key);
    if (row === undefined) return undefined;
    const settled = next(row.value);
    if (settled === row.value) return settled;
    const done = await ledger.commit(detailsOf(incident), [
      { put: key, value: settled, ifVersion: row.version },
    ]);
    if (done === "committed") return settled;
  }
}
