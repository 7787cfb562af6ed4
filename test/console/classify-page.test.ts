import { classifyPage, gatePage, type GateProblem } from "../../console";
import { tagsOf, textInside } from "./markup";
import { NOW, sampleGateView } from "./samples";

const gate = sampleGateView();

function page(problem?: GateProblem): string {
  return classifyPage({
    company: gate.company,
    incident: { ...gate.incident, state: "awaiting-person" },
    question: {
      id: "classify-1",
      openedAt: NOW,
      asked: ["bo"],
      says: "The vantages contradict each other.",
      candidates: [{ id: "a", finding: "balancer-host-down", target: "lb-1", says: "refused" }],
      chosen: null,
    },
    person: gate.person,
    formToken: gate.formToken,
    classifyUrl: "/gates/x/classify",
    now: NOW,
    ...(problem === undefined ? {} : { problem }),
  });
}

const attributesOf = (html: string, field: string) =>
  Object.fromEntries(tagsOf(html).find((one) => one.attributes.get("name") === field)?.attributes ?? []);

test.each([undefined, "code", "reason"] as const)(
  "asks for the code and the reason as the decision's page does, also when %s was wrong",
  (wrong) => {
    const problem = wrong === undefined ? undefined : { field: wrong, says: "That was not it." };
    const decision = gatePage({ ...gate, ...(problem === undefined ? {} : { problem }) });
    for (const field of ["code", "reason"]) {
      expect(attributesOf(page(problem), field)).toMatchObject({ required: "", id: field });
      expect(attributesOf(page(problem), field)).toEqual(attributesOf(decision, field));
    }
  },
);

test("puts what was wrong beside its field, and first on the page", () => {
  const tags = tagsOf(page({ field: "code", says: "That was not it." }));
  const beside = tags.findIndex((one) => one.attributes.get("id") === "code-problem");
  expect(textInside(tags, beside)).toBe("That was not it.");
  const alert = tags.findIndex((one) => one.attributes.get("role") === "alert");
  expect(textInside(tags, alert)).toContain("Not accepted. That was not it. Go to the form");
});
