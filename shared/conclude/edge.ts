import type { Diagnosis } from "../diagnosis";
import type { Look } from "../observation";
import { found } from "./found";
import { sayings, verdict } from "./votes";

/** CloudFlare's edge is what does not pass customers on. */
export function brokenEdge(look: Look): Diagnosis | undefined {
  if (verdict(look, { kind: "edge" }) !== "down") return undefined;
  const says = "CloudFlare's edge does not pass customers on; what is behind it answers.";
  return found(look, "edge-down", "edge", says, [`edge: ${sayings(look, { kind: "edge" })}`]);
}
