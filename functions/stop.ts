import { app, type HttpRequest, type HttpResponseInit } from "@azure/functions";
import { liftStop, putStop, readStop } from "../shared/ledger/limits";
import { audit } from "../shared/ledger/audit";
import { useCode } from "../shared/ledger/people";
import { fieldsOf } from "./edge/body";
import { answering, json, problem, seeOther } from "./edge/respond";
import { world } from "./edge/world";

/** Stopping is the safe direction: a name and a reason are enough. Every writing activity checks it before it writes. */
app.http("stop", {
  methods: ["POST"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering(async (request) => {
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
  handler: answering(async () => json(200, { stop: (await readStop((await world()).ledger)) ?? null })),
});

/** Going on is not the safe direction: it takes a person of the estate and their one-time code. */
app.http("stopLift", {
  methods: ["DELETE"],
  route: "api/stop",
  authLevel: "anonymous",
  handler: answering(async (request) => {
    const here = await world();
    const read = await nameAndReason(request);
    if (!("by" in read)) return read;
    const person = here.estate.people.find((one) => one.name === read.by);
    const step = person === undefined ? undefined : here.codes.stepOf(person.name, read.code);
    if (person === undefined || step === undefined || !(await useCode(here.ledger, person.name, step))) {
      const says = "Lifting a stop takes a person of the estate and their one-time code of now.";
      return problem(403, { code: "NOT_ALLOWED", says, where: "body", hint: "Send by, reason and code." });
    }
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
  const body = await fieldsOf(request);
  if (!("fields" in body))
    return problem(body.status, {
      code: "BAD_FORM",
      says: body.says,
      where: "body",
      hint: "Send by and reason.",
    });
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
