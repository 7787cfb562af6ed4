import { icon } from "./chip";
import type { GatePageView, GateProblem } from "./gate-view";
import { html, type Html } from "./html";
import { safeUrl } from "./url";

/**
 * Approving needs what is not on the page: the code of the moment. Rejecting needs a sentence, so that
 * a mail scanner which presses every button still decides nothing.
 */
export function gateForms(view: GatePageView): Html {
  const hidden = hiddenFields(view);
  const lossy = view.plan.class === "lossy";
  return html`<section class="decide" id="decide" aria-labelledby="decide-title">
<h2 id="decide-title">Your decision</h2>
<form class="approve" method="post" action="${safeUrl(view.approveUrl)}">
${hidden}
<label for="code">One-time code from your authenticator</label>
<p class="hint" id="code-hint">Six digits. You approve plan <code>${view.gate.planHash.slice(0, 12)}</code>, ${view.plan.steps.length === 1 ? "its one step" : `all ${view.plan.steps.length} steps of it`}.</p>
${problemBeside("code", view.problem)}
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" title="Six digits" required${describedBy("code", view.problem)}>
<button class="primary" type="submit">${icon("ok")}Approve${lossy && ", knowing what is lost"}</button>
</form>
${otherProofs(view, hidden)}
${rejection(view, { ask: "Or reject it. Why?", hint: "The others read this. The plan stops for everybody.", button: "Reject" })}
</section>`;
}

/** Until the plan's run has ended, whoever was asked may still stop it, also after an approval: the next step is not taken then. */
export function vetoForm(view: GatePageView): Html {
  const hint =
    "The others read this. No further step is begun; if one was still to come, those already taken are undone where that is safe.";
  return html`<section class="decide" id="decide" aria-labelledby="veto-title">
<h2 id="veto-title">Stop it after all</h2>
${rejection(view, { ask: "Why?", hint, button: "Veto" })}
</section>`;
}

function rejection(view: GatePageView, words: { ask: string; hint: string; button: string }): Html {
  return html`<form class="reject" method="post" action="${safeUrl(view.rejectUrl)}">
${hiddenFields(view)}
<label for="reason">${words.ask}</label>
<p class="hint" id="reason-hint">${words.hint}</p>
${problemBeside("reason", view.problem)}
<input id="reason" name="reason" type="text" autocomplete="off" maxlength="300" required${describedBy("reason", view.problem)}>
<button type="submit">${icon("bad")}${words.button}</button>
</form>`;
}

function hiddenFields(view: GatePageView): Html {
  return html`<input type="hidden" name="form" value="${view.formToken}"><input type="hidden" name="plan" value="${view.gate.planHash}">`;
}

/** For whoever can't show a code now. Each is a form of its own, so that no field of another one is missing in it. */
function otherProofs(view: GatePageView, hidden: Html): Html {
  const { problem, signIn } = view;
  return html`${
    signIn?.fresh === true &&
    html`<form class="approve signed-in" method="post" action="${safeUrl(view.approveUrl)}">
${hidden}
<button type="submit">${icon("ok")}Approve as ${view.person.fullName}, signed in</button>
</form>`
  }
<details class="other-proofs"${problem?.field === "recovery" && html` open`}>
<summary>No phone at hand?</summary>
${signIn?.fresh === false && html`<p><a href="${safeUrl(signIn.url)}">Sign in again</a>, then approve here without a code.</p>`}
<form class="approve recovery" method="post" action="${safeUrl(view.approveUrl)}">
${hidden}
<label for="recovery">Recovery code from your sheet</label>
<p class="hint" id="recovery-hint">16 letters and digits. Each works once; cross it out.</p>
${problemBeside("recovery", problem)}
<input id="recovery" name="recovery" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required${describedBy("recovery", problem)}>
<button type="submit">Approve with the recovery code</button>
</form>
</details>`;
}

/** First thing on the page after a POST that was refused. With forms there is a field to go to. */
export function problemAlert({ field, says }: GateProblem, open: boolean): Html {
  const target = field === "form" ? "#decide" : `#${field}`;
  return html`<div class="alert" role="alert">${icon("bad")}<p><strong>Not accepted.</strong> ${says}${open && html` <a href="${target}">Go to the form</a>`}</p></div>`;
}

export function problemBeside(field: GateProblem["field"], problem: GateProblem | undefined): Html | false {
  if (problem?.field !== field) return false;
  return html`<p class="problem" id="${field}-problem">${icon("bad")}<span>${problem.says}</span></p>`;
}

/** Focus goes to the field that needs mending, which also works without a script. */
export function describedBy(field: GateProblem["field"], problem: GateProblem | undefined): Html {
  if (problem?.field !== field) return html` aria-describedby="${field}-hint"`;
  return html` aria-describedby="${field}-hint ${field}-problem" aria-invalid="true" autofocus`;
}
