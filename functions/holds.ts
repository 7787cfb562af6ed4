import type { HttpResponseInit } from "@azure/functions";
import { systems, type System } from "../shared/finding";
import { audit } from "../shared/ledger/audit";
import { holds, putHold, releaseHold } from "../shared/ledger/holds";
import { milliseconds } from "../shared/span";
import { plus } from "../shared/time";
import { answering } from "./edge/answering";
import { formOf, required } from "./edge/body";
import { provenPerson } from "./edge/person";
import { json, problem } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

const HINT = "Send system, by, because and for (a span such as 2h).";

app.http("holds", {
  methods: ["GET"],
  route: "api/holds",
  authLevel: "anonymous",
  handler: answering("operators", async () => {
    const { ledger, clock } = await world();
    return json(200, { holds: await holds(ledger, clock.now()) });
  }),
});

/** Holding a system is the safe direction: a name, a reason and an end are enough. */
app.http("holdsSet", {
  methods: ["POST"],
  route: "api/holds",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const body = await formOf(request, HINT);
    if ("refused" in body) return body.refused;
    const system = systemOf(body.fields["system"]);
    const read = required(body.fields, ["by", "because", "for"], HINT);
    if ("refused" in read) return read.refused;
    const { by, because, for: span } = read.given;
    if (system === undefined) return noSuchSystem();
    if (!/^\d+(ms|s|m|h|d)$/.test(span)) {
      return problem(400, {
        code: "BAD_SPAN",
        says: "That is no span.",
        where: "for",
        value: span,
        hint: 'Write "30m", "2h", "1d".',
      });
    }
    const hold = {
      system,
      by,
      because,
      until: plus(here.clock.now(), milliseconds(span)),
    };
    await putHold(here.ledger, hold);
    await audit(here, {
      actor: hold.by,
      action: "hold",
      subject: system,
      detail: `until ${hold.until}: ${hold.because}`,
    });
    return json(200, { hold });
  }),
});

/** Going on is not the safe direction: it takes a person of the estate and their one-time code. */
app.http("holdsRelease", {
  methods: ["DELETE"],
  route: "api/holds",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const body = await formOf(request, "Send system, by and code.");
    if ("refused" in body) return body.refused;
    const system = systemOf(body.fields["system"]);
    if (system === undefined) return noSuchSystem();
    const person = await provenPerson(body.fields, here);
    if (!("name" in person)) return person;
    await releaseHold(here.ledger, system);
    await audit(here, { actor: person.name, action: "hold-released", subject: system, detail: "" });
    return json(200, { holds: await holds(here.ledger, here.clock.now()) });
  }),
});

function systemOf(text: string | undefined): System | undefined {
  return systems.find((one) => one === text);
}

function noSuchSystem(): HttpResponseInit {
  const hint = `Use one of: ${systems.join(", ")}.`;
  return problem(400, { code: "NO_SUCH_SYSTEM", says: "That is no system.", where: "system", hint });
}
