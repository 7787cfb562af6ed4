import { tell } from "../activities/tell";
import { acknowledge } from "../shared/ledger/acknowledgement";
import { audit } from "../shared/ledger/audit";
import { readIncident } from "../shared/ledger/incidents";
import { addLine } from "../shared/ledger/record";
import { answering } from "./edge/answering";
import { formOf } from "./edge/body";
import { provenPerson } from "./edge/person";
import { json, noSuchIncident } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

/** Somebody takes the incident on: every page that is still due is not sent. It takes a code, because silencing pages is not the safe direction. */
app.http("acknowledge", {
  methods: ["POST"],
  route: "api/incidents/{id}/acknowledge",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const id = request.params["id"] ?? "";
    const body = await formOf(request, "Send by and code.");
    if ("refused" in body) return body.refused;
    const incident = await readIncident(here.ledger, id);
    if (incident === undefined || incident.state === "closed") {
      return noSuchIncident(id, "No incident of this id is open.");
    }
    const person = await provenPerson(body.fields, here);
    if (!("name" in person)) return person;
    const at = here.clock.now();
    const owner = await acknowledge(here.ledger, id, {
      person: person.name,
      says: (body.fields["says"] ?? "").slice(0, 300),
      at,
    });
    if (owner.person === person.name) {
      const says = `${person.name} has taken it on. ${owner.says}`.trim();
      await addLine(here.ledger, id, "acknowledged", { at, stage: "acknowledged", says, by: person.name });
      await audit(here, { actor: person.name, action: "acknowledged", subject: id, detail: owner.says });
      // Whoever is being called now need not be any more, and paging services stop.
      const { epoch, instance } = incident;
      const fence = { incident: id, epoch, instance };
      const news = {
        roles: ["on-call", "manager"],
        key: "acknowledged",
        text: says,
        kind: "acknowledged",
        severity: "info",
      } as const;
      await tell({ fence, ...news, roles: [...news.roles] }, here);
    }
    return json(200, { acknowledged: owner });
  }),
});
