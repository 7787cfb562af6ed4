import { classifyPage, consolePage, gatePage, incidentPage } from "../../console";
import { hostileTexts } from "../adapters/pager/hostile";
import { skeletonOf } from "./markup";
import { NOW, sampleConsole, sampleGateView, sampleIncident } from "./samples";
import { withText } from "./with-text";

const TEXTS = 10_000;
const fixed = ["state", "outcome", "saw", "class", "kind", "do", "vote", "field"];
const instants = ["now", "at", "openedAt", "closedAt", "expiresAt", "decidedAt", "dueAt", "lastLookAt"];

const gate = sampleGateView();
const question = {
  company: gate.company,
  incident: gate.incident,
  question: {
    id: "classify-1",
    openedAt: NOW,
    asked: ["bo"],
    says: "unclear",
    candidates: [{ id: "a", finding: "balancer-host-down" as const, target: "lb-1", says: "refused" }],
    chosen: null,
  },
  person: gate.person,
  formToken: gate.formToken,
  classifyUrl: "/gates/x/classify",
  now: NOW,
};
const pages: { view: object; show: (view: never) => string }[] = [
  { view: gate, show: gatePage },
  { view: question, show: classifyPage },
  { view: sampleIncident(), show: (view) => incidentPage(view, "Shop Ltd", NOW) },
  { view: sampleConsole(), show: consolePage },
];

/** The tags of a page stand in our templates alone: whatever text comes in, in every field at once, adds none and loses none. */
test("ten thousand hostile texts leave every page's markup as it is", () => {
  const shown = pages.map(
    ({ view, show }) =>
      (text: string) =>
        show(withText(view, text, [...fixed, ...instants]) as never),
  );
  const benign = shown.map((show) => skeletonOf(show("benign")));
  const changed = hostileTexts(TEXTS, 7).filter((text, index) => {
    const which = index % pages.length;
    return skeletonOf(shown[which]?.(text) ?? "") !== benign[which];
  });
  expect(changed).toEqual([]);
});
