import type { Instant } from "../shared/time";
import { icon } from "./chip";
import type { ConsoleView } from "./console-view";
import { html, type Html } from "./html";
import { instant } from "./instant";

type Stop = NonNullable<ConsoleView["stop"]>;

/** First thing on the console while the stop holds: nobody should wonder why nothing moves. */
export function stopBanner({ by, reason, at }: Stop, now: Instant): Html {
  return html`<section class="alert" aria-labelledby="stop">${icon("bad")}<div><h2 id="stop">Everything is stopped</h2>
<p>${by} stopped Switchover ${instant(at, now)}. <q class="reason">${reason}</q></p>
<p>Nothing is changed until it is released with <code>switchover release</code>. Watching, diagnosing and paging go on.</p></div></section>`;
}

/** Stopping is the safe direction, so it takes a name and a reason, and nothing else. Works without a script. */
export function stopForm(stop: ConsoleView["stop"]): Html {
  if (stop !== null) return html``;
  return html`<section aria-labelledby="stop"><h2 id="stop">Stop everything</h2>
<p>No step of any plan begins while the stop holds. A change that was already sent is still read back.</p>
<form class="stop" method="post" action="/api/stop">
<label for="stop-by">Your name</label>
<input id="stop-by" name="by" type="text" autocomplete="username" maxlength="100" required>
<label for="stop-reason">Why</label>
<input id="stop-reason" name="reason" type="text" autocomplete="off" maxlength="300" required>
<button type="submit">${icon("bad")}Stop all changes</button>
</form>
</section>`;
}
