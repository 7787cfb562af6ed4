import { gateAt } from "../shared/gate";
import { incidentDetail, summaryOf } from "../shared/ledger/detail";
import { answering } from "./edge/answering";
import { incidentList } from "./edge/incident-list";
import { json, noSuchIncident } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

const LISTED = 100;

app.http("incidents", {
  methods: ["GET"],
  route: "api/incidents",
  authLevel: "anonymous",
  handler: answering("operators", async () => {
    const { ledger } = await world();
    return json(200, { incidents: (await incidentList(ledger, LISTED)).map(summaryOf) });
  }),
});

app.http("incidentsOne", {
  methods: ["GET"],
  route: "api/incidents/{id}",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const { ledger, clock } = await world();
    const id = request.params["id"] ?? "";
    const detail = await incidentDetail(ledger, id);
    if (detail === undefined) return noSuchIncident(id, "There is no incident of this id.");
    return json(200, { ...detail, gates: detail.gates.map((gate) => gateAt(gate, clock.now())) });
  }),
});
