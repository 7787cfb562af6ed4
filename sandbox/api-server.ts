import type { Estate, Server } from "../shared/estate";
import type { Condition } from "./condition";
import { jsonAnswer, neverAnswers, type App, type WireAnswer } from "./wire";

/** What costs a server more than anybody waits for; no customer asks for it, and nothing stops a stranger from doing so. */
export const COSTLY_PATH = "/report";

/** One API server. `behaves` is read at each request, so that it can fall ill while it runs. */
export function apiServer(
  estate: { service: Pick<Estate["service"], "healthPath" | "customerPath"> },
  server: Pick<Server, "name">,
  behaves: () => Condition["behaves"],
): App {
  return function* answerRequest(request) {
    const path = request.url.split("?")[0] ?? "";
    if (path === estate.service.healthPath) return healthAnswer(server.name, behaves());
    if (path === estate.service.customerPath) return customerAnswer(server.name, behaves());
    if (path === COSTLY_PATH) return neverAnswers;
    return jsonAnswer(404, { error: "not found", path });
  };
}

function healthAnswer(by: string, behaves: Condition["behaves"]): WireAnswer {
  return behaves === "unhealthy"
    ? jsonAnswer(503, { by, health: "failing" })
    : jsonAnswer(200, { by, health: "ok" });
}

function customerAnswer(by: string, behaves: Condition["behaves"]): WireAnswer {
  if (behaves === "slow") return neverAnswers;
  return behaves === "well" ? jsonAnswer(200, { by }) : jsonAnswer(500, { by, error: "internal error" });
}
