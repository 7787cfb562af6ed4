import { html } from "./html";
import { layout } from "./layout";
import { safeUrl } from "./url";

export type SignInView = {
  company: string;
  says: string;
  hint: string;
  /** Where a person signs in, when that is configured. */
  signInUrl: string | null;
  /** The header in which a program sends its key, when there is one. */
  keyHeader: string | null;
};

/** For whoever opens a page for operators without being one. It shows nothing of what the page would have. */
export function signInPage({ company, says, hint, signInUrl, keyHeader }: SignInView): string {
  const closed = signInUrl === null && keyHeader === null;
  return layout({
    title: "Sign in",
    company,
    kind: "letter",
    main: html`<section class="summary" aria-labelledby="title"><h1 id="title">Operators only</h1>
<p class="lead">${says}</p>
<p>${hint}</p>
${signInUrl !== null && html`<p class="jump"><a class="button" href="${safeUrl(signInUrl)}">Sign in</a></p>`}
${keyHeader !== null && html`<p>Programs send their key in the header <code>${keyHeader}</code>. A browser can't: a key never belongs in an address.</p>`}
${closed && html`<p>Neither is configured yet: set <code>auth.easyAuth</code> or <code>auth.apiKey</code> in the configuration.</p>`}
</section>`,
    foot: html`<p>A link that was sent to you to decide something needs no sign-in.</p>`,
  });
}
