import { app, type HttpRequest, type HttpResponseInit } from "@azure/functions";
import { liftStop, putStop, readStop } from "../shared/ledger/limits";
import { audit } from "../shared/ledger/audit";
import { answering } from "./edge/answering";
import { formOf } from "./edge/body";
import { provenPerson } from "./edge/person";
import { json, problem, seeOther } from "./edge/respond";
import { world } from "./edge/world";

/** Stopping is the safe direction: a name and a reason are enough. Every writing activity checks it before it writes. */
app.http("stop", {
  methods: ["POST"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const read = await nameAndReason(request);
    if (!("by" in read)) return read;
    const stop = await putStop(here.ledger, { by: read.by, reason: read.reason, at: here.clock.now() });
    await audit(here, { actor: read.by, action: "stop", subject: "everything", detail: read.reason });
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
    const read = await nameAndReason(request);
    if (!("by" in read)) return read;
    const person = await provenPerson({ by: read.by, code: read.code }, here);
    if (!("name" in person)) return person;
    await liftStop(here.ledger);
    await audit(here, {
      actor: person.name,
      action: "stop-lifted",
      subject: "everything",
      detail: read.reason,
    });
    return json(200, { stop: null });
  }),
});

async function nameAndReason(
  request: HttpRequest,
): Promise<HttpResponseInit | { by: string; reason: string; code: string }> {
  const body = await formOf(request, "Send by and reason.");
  if ("refused" in body) return body.refused;
  const { by = "", reason = "", code = "" } = body.fields;
  const missing = by.trim() === "" ? "by" : reason.trim() === "" ? "reason" : undefined;
  if (missing !== undefined) {
    return problem(400, {
      code: "MISSING",
      says: `"${missing}" is missing.`,
      where: missing,
      hint: "Say who you are and why.",
    });
  }
  return { by: by.trim().slice(0, 100), reason: reason.trim().slice(0, 300), code: code.trim() };
}
