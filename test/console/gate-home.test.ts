import { gatePage, type GatePageView } from "../../console";
import { textOf } from "./markup";
import { sampleGateView } from "./samples";

/** The gate of the way home: the incident is closed, and what was down is well again. */
function homeView(): GatePageView {
  const view = sampleGateView();
  const incident = {
    ...view.incident,
    state: "closed",
    outcome: "recovered",
    closedAt: "2027-03-14T02:13:00.000Z",
    says: "lb-1 has been well for a while.",
  } as const;
  const wayBack = "The same plan leads out again.";
  return { ...view, incident, plan: { ...view.plan, home: null, losses: [], wayBack } };
}

test("of what is well again, says that it was down", () => {
  const text = textOf(gatePage(homeView()));
  expect(text).toContain("What was down");
  expect(text).not.toContain("What is down");
});

test("of the way home, does not tell the end of the detour as its consequence", () => {
  const text = textOf(gatePage(homeView())).replace(/\s+/g, " ");
  expect(text).toContain("How it is undoneThe same plan leads out again.");
  expect(text).not.toContain("Until then");
  expect(text).not.toContain("Going back asks for its own approval");
});
