import type { Estate } from "../../shared/estate";
import { partsOf } from "../parts";
import { hits, type Ways } from "./way";

export const observerFaults = {
  "observers-suspect": {
    cut: (estate) => hits(estate.vantages.map((one) => ({ part: one.name, net: "dropped" }))),
    blind: (estate) => hits(estate.vantages.map((one) => ({ part: one.name, blindTo: everything(estate) }))),
  },
  unclear: {
    "one-vantage-blind": (estate) =>
      hits(estate.vantages.slice(0, 1).map((one) => ({ part: one.name, blindTo: everything(estate) }))),
    disagree: (estate) =>
      hits(
        estate.vantages.map((one, index) => ({
          part: one.name,
          blindTo: index === 0 ? ["edge"] : estate.balancers.map((balancer) => balancer.name),
        })),
      ),
  },
} satisfies Ways;

function everything(estate: Estate): string[] {
  return partsOf(estate)
    .filter((part) => part.kind !== "vantage")
    .map((part) => part.name);
}
