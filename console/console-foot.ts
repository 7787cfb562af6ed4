import type { Instant } from "../shared/time";
import { html, type Html } from "./html";
import { clock } from "./instant";

/** Says how old the page is. The live script keeps it true, adds the reader's own time, and cries in `#live` when it can't. */
export function consoleFoot(now: Instant): Html {
  return html`<p id="as-of">As of ${clock(now, now)}<span class="zone"></span>. <noscript>Reload the page to refresh it.</noscript></p>
<p id="live" role="status"></p>`;
}
