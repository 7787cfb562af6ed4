import type { HttpResponseInit } from "@azure/functions";
import { unproven } from "../../shared/proof";
import type { World } from "../../shared/world";
import { problem } from "./respond";
import { closedFor, countGuess } from "./throttle";

/** The person of the estate whom the request names, proven by their one-time code; or the answer that refuses it. */
export async function provenPerson(
  fields: Record<string, string>,
  world: World,
): Promise<{ name: string } | HttpResponseInit> {
  const { by = "", code = "", recovery = "" } = fields;
  const person = world.estate.people.find((one) => one.name === by.trim());
  if (person === undefined) {
    const says = "This takes a person of the estate.";
    return problem(403, {
      code: "NOT_ALLOWED",
      says,
      where: "by",
      value: by.slice(0, 60),
      hint: "Send by, code and what else is asked for.",
    });
  }
  const hint = "Codes change every 30 seconds; each counts once.";
  const closed = closedFor(world);
  if (closed !== undefined)
    return problem(429, { code: "TOO_MANY_CODES", says: closed.says, where: "code", hint });
  const wrong = await unproven(person.name, { code, recovery }, world);
  if (wrong === undefined) return { name: person.name };
  countGuess(world, wrong.status, { code, recovery });
  return problem(wrong.status === 429 ? 429 : 403, {
    code: "NOT_ALLOWED",
    says: wrong.says,
    where: wrong.field,
    hint,
  });
}
