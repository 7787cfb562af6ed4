import { icon } from "./chip";
import type { GateProblem } from "./gate-view";
import { html, type Html } from "./html";

type Field = GateProblem["field"];

/** What a person types on a page behind a link: the same on each of them, so that nobody has to learn it twice at 3 a.m. */
export function codeField(hint: Html, problem: GateProblem | undefined): Html {
  return labelled(
    "code",
    "One-time code from your authenticator",
    hint,
    problem,
  )(html`type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" title="Six digits"`);
}

export function recoveryField(problem: GateProblem | undefined): Html {
  const hint = html`16 letters and digits. Each works once; cross it out.`;
  return labelled(
    "recovery",
    "Recovery code from your sheet",
    hint,
    problem,
  )(html`type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"`);
}

export function reasonField(words: { ask: string; hint: string }, problem: GateProblem | undefined): Html {
  return labelled(
    "reason",
    words.ask,
    html`${words.hint}`,
    problem,
  )(html`type="text" autocomplete="off" maxlength="300"`);
}

/** A required input between its label, its hint and what was wrong with it the last time. */
function labelled(field: Field, label: string, hint: Html, problem: GateProblem | undefined) {
  return (attributes: Html): Html => html`<label for="${field}">${label}</label>
<p class="hint" id="${field}-hint">${hint}</p>
${problemBeside(field, problem)}
<input id="${field}" name="${field}" ${attributes} required${describedBy(field, problem)}>`;
}

/** First thing on the page after a POST that was refused. With forms there is a field to go to. */
export function problemAlert({ field, says }: GateProblem, open: boolean): Html {
  const target = field === "form" ? "#decide" : `#${field}`;
  return html`<div class="alert" role="alert">${icon("bad")}<p><strong>Not accepted.</strong> ${says}${open && html` <a href="${target}">Go to the form</a>`}</p></div>`;
}

function problemBeside(field: Field, problem: GateProblem | undefined): Html | false {
  if (problem?.field !== field) return false;
  return html`<p class="problem" id="${field}-problem">${icon("bad")}<span>${problem.says}</span></p>`;
}

/** Focus goes to the field that needs mending, which also works without a script. */
function describedBy(field: Field, problem: GateProblem | undefined): Html {
  if (problem?.field !== field) return html` aria-describedby="${field}-hint"`;
  return html` aria-describedby="${field}-hint ${field}-problem" aria-invalid="true" autofocus`;
}
