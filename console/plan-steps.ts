import type { EffectLine } from "../shared/incident";
import { resourceOf, textOfValue, type Change, type PinnedPlan, type PinnedStep } from "../shared/plan";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { effectWords } from "./words";

/** What the plan will do: each step's sentence and its exact change, whole; nothing here is ever shortened. */
export function planSteps(plan: PinnedPlan): Html {
  return html`<ol class="steps">${plan.steps.map((step) => html`<li>${stepText(step)}</li>`)}</ol>`;
}

/** The same with how far it has come, from the effects in the ledger. */
export function planProgress(plan: PinnedPlan, effects: EffectLine[]): Html {
  return html`<ol class="steps">${plan.steps.map((step) => html`<li>${stepText(step)}${progressOf(step, effects)}</li>`)}</ol>`;
}

/** `old → new` of one resource. The arrow is read as a word. */
export function oldToNew(resource: string, before: string, after: string): Html {
  return html`<span class="change"><code class="resource">${resource}</code> <span class="values"><code class="old">${before}</code> <span class="arrow"><span aria-hidden="true">→</span><span class="hidden">becomes</span></span> <code class="new">${after}</code></span></span>`;
}

function stepText({ says, change, undo }: PinnedStep): Html {
  return html`<p class="says">${says}</p>${changeOf(change)}<p class="undo"><span class="label">Undo</span> ${
    "none" in undo ? html`none: ${undo.none}` : changeOf(undo)
  }</p>`;
}

function changeOf(change: Change): Html {
  return oldToNew(resourceOf(change), textOfValue(change.old), textOfValue(change.new));
}

function progressOf({ id }: PinnedStep, effects: EffectLine[]): Html {
  const latest = effects.findLast((effect) => effect.step === id);
  if (latest === undefined) return chip("note", "Not started");
  const { tone, word } = effectWords[latest.outcome];
  return chip(tone, word);
}
