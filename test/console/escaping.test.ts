import { consolePage, gateGonePage, gatePage, incidentPage } from "../../console";
import { html, render } from "../../console/html";
import { hostile } from "./hostile";
import { skeletonOf, tagsOf, textOf } from "./markup";
import { HASH, NOW, sampleConsole, sampleGateView, sampleIncident } from "./samples";
import { withText } from "./with-text";

/** Words of closed lists, which the compiler holds; and instants, which are tested apart. */
const closedWords = ["state", "outcome", "saw", "class", "kind", "do", "vote", "field"];
const instants = ["now", "at", "openedAt", "closedAt", "expiresAt", "decidedAt", "dueAt", "lastLookAt"];
const BENIGN = "benign";

const vote = { person: "bo", vote: "reject" as const, reason: "no", at: NOW, planHash: HASH };
const gone = { company: "Shop Ltd", says: "It expired." };
const gate = sampleGateView();
const views: { page: string; view: object; show: (view: never) => string }[] = [
  { page: "the gate", view: gate, show: gatePage },
  {
    page: "the gate with a problem",
    view: { ...gate, problem: { field: "code", says: "Wrong." } },
    show: gatePage,
  },
  {
    page: "a refused gate",
    view: {
      ...gate,
      yourVote: vote,
      gate: { ...gate.gate, state: "refused", decidedAt: NOW, votes: [vote] },
    },
    show: gatePage,
  },
  { page: "a dead link", view: gone, show: gateGonePage },
  {
    page: "the console",
    view: { ...sampleConsole(), stop: { by: "ann", reason: "release", at: NOW } },
    show: consolePage,
  },
  { page: "an incident", view: sampleIncident(), show: (view) => incidentPage(view, "Shop Ltd", NOW) },
];

describe.each(views)("$page", ({ view, show }) => {
  test.each(hostile)("keeps its markup with %j in every field", (text) => {
    const shown = (one: string) => show(withText(view, one, [...closedWords, ...instants]) as never);
    expect(skeletonOf(shown(text))).toBe(skeletonOf(shown(BENIGN)));
    expectInert(shown(text));
  });

  test.each(hostile)("stays inert with %j in every field and for every instant", (text) => {
    const page = show(withText(view, text, closedWords) as never);
    expectInert(page);
    expect(skeletonOf(page)).toBe(skeletonOf(show(withText(view, BENIGN, closedWords) as never)));
  });
});

/** Only our own script element, no handler, no style, and no address but our own paths and the icon. */
function expectInert(page: string): void {
  for (const { name, attributes, closes } of tagsOf(page)) {
    if (name === "script" && !closes && attributes.size === 0) throw new Error("an inline script");
    for (const [attribute, value] of attributes) {
      if (/^(?:on|style|srcdoc|formaction)/.test(attribute)) throw new Error(`${attribute} on ${name}`);
      const address = attribute === "href" || attribute === "src" || attribute === "action";
      if (address && !/^(?:\/(?![/\\])|#|about:invalid$|data:image\/svg\+xml,)/.test(value))
        throw new Error(`${attribute}=${value}`);
    }
  }
}

test("shows hostile text whole, as text", () => {
  const view = sampleGateView();
  const page = gatePage({ ...view, incident: { ...view.incident, says: `<b>5 < 6 & "7" > '3'</b>` } });
  expect(textOf(page)).toContain(`<b>5 < 6 & "7" > '3'</b>`);
});

test("writes out signs that would make one address look like another", () => {
  expect(render(html`${"10.0.0.1\u202e2.0.01"}`)).toBe("10.0.0.1⟨U+202E⟩2.0.01");
  expect(render(html`${"zero\u200bwidth\u0000"}`)).toBe("zero⟨U+200B⟩width⟨U+0000⟩");
  expect(render(html`${"line\n\ttab zażółć 👩‍💻"}`)).toBe("line\n\ttab zażółć 👩‍💻");
});

test("takes nothing for markup that came as data", () => {
  const forged = JSON.parse('{"markup":"<script>"}') as string;
  expect(() => render(html`<p>${forged}</p>`)).not.toThrow();
  expect(render(html`<p>${forged}</p>`)).not.toContain("script");
});

test("joins arrays and fragments, and leaves nothing for nothing", () => {
  const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
  expect(render(html`<ul>${items}</ul>${null}${undefined}${false}${0}`)).toBe(
    "<ul><li>a</li><li>&lt;b&gt;</li></ul>0",
  );
});
