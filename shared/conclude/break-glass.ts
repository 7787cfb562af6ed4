import type { Estate } from "../estate";
import type { Look } from "../observation";
import { sayings, verdict } from "./votes";

/** The way that is left when CloudFlare can't be changed, and whether it leads to the service now. */
export function breakGlassSays(look: Look, estate: Estate): string {
  const name = estate.service.breakGlass?.hostname;
  if (name === undefined)
    return "No break-glass name is configured (service.breakGlass), so nothing can be done but to wait.";
  const seen = sayings(look, { kind: "break-glass" });
  return verdict(look, { kind: "break-glass" }) === "healthy"
    ? `The break-glass name ${name} answers (${seen}): give it to those who can use it.`
    : `The break-glass name ${name} does not answer either (${seen}).`;
}
