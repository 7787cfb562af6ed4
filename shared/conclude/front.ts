import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { brokenBalancer } from "./balancer";
import { silentDns, wrongRecords } from "./dns";
import { brokenEdge } from "./edge";

/** Customers fail: which part in front of healthy servers is it? The balancer that the records lead to comes first. */
export function brokenFront(look: Look, estate: Estate): Diagnosis | undefined {
  return (
    silentDns(look, estate) ?? brokenBalancer(look, estate) ?? wrongRecords(look, estate) ?? brokenEdge(look)
  );
}
