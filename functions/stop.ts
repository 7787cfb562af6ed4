import { liftStop, putStop, readStop } from "../shared/ledger/limits";
import { audit } from "../shared/ledger/audit";
import { answering } from "./edge/answering";
import { formOf, required } from "./edge/body";
import { provenPerson } from "./edge/person";
import { json, seeOther } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

const HINT = "Send by and reason: say who you are and why.";

/** Stopping is the safe direction: a name and a reason are enough. Every writing activity checks it before it writes. */
app.http("stop", {
  methods: ["POST"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const body = await formOf(request, HINT);
    if ("refused" in body) return body.refused;
    const read = required(body.fields, ["by", "reason"], HINT);
    if ("refused" in read) return read.refused;
    const stop = await putStop(here.ledger, { ...read.given, at: here.clock.now() });
    await audit(here, {
      actor: read.given.by,
      action: "stop",
      subject: "everything",
      detail: read.given.reason,
    });
    const isForm = (request.headers.get("content-type") ?? "").startsWith(
      "application/x-www-form-urlencoded",
    );
    return isForm ? seeOther("/") : json(200, { stop });
  }),
});

app.http("stopRead", {
  methods: ["GET"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering("operators", async () =>
    json(200, { stop: (await readStop((await world()).ledger)) ?? null }),
  ),
});

/** Going on is not the safe direction: it takes a person of the estate and their one-time code. */
app.http("stopLift", {
  methods: ["DELETE"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const body = await formOf(request, HINT);
    if ("refused" in body) return body.refused;
    const read = required(body.fields, ["by", "reason"], HINT);
    if ("refused" in read) return read.refused;
    const person = await provenPerson(body.fields, here);
    if (!("name" in person)) return person;
    await liftStop(here.ledger);
    await audit(here, {
      actor: person.name,
      action: "stop-lifted",
      subject: "everything",
      detail: read.given.reason,
    });
    return json(200, { stop: null });
  }),
});
