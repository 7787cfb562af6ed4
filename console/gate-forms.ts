import { icon } from "./chip";
import { codeField, reasonField, recoveryField } from "./form-fields";
import type { GatePageView } from "./gate-view";
import { html, type Html } from "./html";
import { safeUrl } from "./url";

/**
 * Approving needs what is not on the page: the code of the moment. Rejecting needs a sentence, so that
 * a mail scanner which presses every button still decides nothing.
 */
export function gateForms(view: GatePageView): Html {
  const hidden = hiddenFields(view);
  const lossy = view.plan.class === "lossy";
  const { length } = view.plan.steps;
  const hint = html`Six digits. You approve plan <code>${view.gate.planHash.slice(0, 12)}</code>, ${length === 1 ? "its one step" : `all ${length} steps of it`}.`;
  return html`<section class="decide" id="decide" aria-labelledby="decide-title">
<h2 id="decide-title">Your decision</h2>
<form class="approve" method="post" action="${safeUrl(view.approveUrl)}">
${hidden}
${codeField(hint, view.problem)}
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
${reasonField(words, view.problem)}
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
${recoveryField(problem)}
<button type="submit">Approve with the recovery code</button>
</form>
</details>`;
}
