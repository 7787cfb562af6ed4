import type { HttpResponseInit } from "@azure/functions";
import { unproven } from "../../shared/proof";
import type { World } from "../../shared/world";
import { problem } from "./respond";

/** The person of the estate whom the request names, proven by their one-time code; or the answer that refuses it. */
export async function provenPerson(
  fields: Record<string, string>,
  world: World,
): Promise<{ name: string } | HttpResponseInit> {
  const { by = "", code = "" } = fields;
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
  const wrong = await unproven(person.name, code, world);
  if (wrong === undefined) return { name: person.name };
  return problem(wrong.status === 429 ? 429 : 403, {
    code: "NOT_ALLOWED",
    says: wrong.says,
    where: "code",
    hint: "Codes change every 30 seconds; each counts once.",
  });
}

/** A field that must say something; or the answer that refuses its absence. */
export function required(
  fields: Record<string, string>,
  name: string,
  hint: string,
): string | HttpResponseInit {
  const value = (fields[name] ?? "").trim().slice(0, 300);
  return value === ""
    ? problem(400, { code: "MISSING", says: `"${name}" is missing.`, where: name, hint })
    : value;
}
