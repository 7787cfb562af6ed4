import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { brokenBalancer } from "./balancer";
import { badCertificate } from "./certificate";
import { silentDns, wrongRecords } from "./dns";
import { brokenEdge } from "./edge";
import { verdict } from "./votes";

/**
 * Customers fail: which part in front of healthy servers is it? From the inside out: the load balancer, the records
 * that lead to it (the edge reads them as well), the edge, and the name servers that lead to the edge.
 */
export function brokenFront(look: Look, estate: Estate): Diagnosis | undefined {
  return (
    badCertificate(look, estate) ??
    brokenBalancer(look, estate) ??
    wrongRecords(look, estate) ??
    (servesBehind(look) ? brokenEdge(look, estate) : undefined) ??
    silentDns(look, estate)
  );
}

/** The edge passes the balancer's own 503 on: it is to blame only while a server behind it may serve. A balancer that was not heard may have one. */
function servesBehind(look: Look): boolean {
  const heard = look.views.flatMap((one) => one.servers);
  const fails = (name: string) => verdict(look, { kind: "server-customers", name }) === "down";
  return look.views.length === 0 || heard.some((one) => one.status.startsWith("UP") && !fails(one.name));
}
