import { app } from "@azure/functions";
import { incidentDetail, summaryOf } from "../shared/ledger/detail";
import { listIncidents } from "../shared/ledger/incidents";
import { answering } from "./edge/answering";
import { json, problem } from "./edge/respond";
import { world } from "./edge/world";

app.http("incidents", {
  methods: ["GET"],
  route: "api/incidents",
  authLevel: "anonymous",
  handler: answering("operators", async () => {
    const { ledger } = await world();
    return json(200, { incidents: (await listIncidents(ledger)).map(summaryOf) });
  }),
});

app.http("incidentsOne", {
  methods: ["GET"],
  route: "api/incidents/{id}",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const { ledger } = await world();
    const id = request.params["id"] ?? "";
    const detail = await incidentDetail(ledger, id);
    if (detail !== undefined) return json(200, detail);
    const says = "There is no incident of this id.";
    return problem(404, {
      code: "NO_SUCH_INCIDENT",
      says,
      where: "path",
      value: id.slice(0, 80),
      hint: "GET /api/incidents lists them.",
    });
  }),
});
