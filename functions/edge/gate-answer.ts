import type { HttpResponseInit } from "@azure/functions";
import { gateGonePage, gatePage, type GateProblem } from "../../console";
import { summaryOf } from "../../shared/ledger/detail";
import { findLink, readGate } from "../../shared/ledger/gates";
import { readIncident } from "../../shared/ledger/incidents";
import { pinnedPlan } from "../../shared/ledger/record";
import type { World } from "../../shared/world";
import { page } from "./respond";

/** The gate's page for the person of this link; the same answer for every link that leads nowhere. Reads only. */
export async function gateAnswer(
  world: World,
  token: string,
  status: number,
  wrong?: GateProblem,
): Promise<HttpResponseInit> {
  const { estate, ledger, links, clock } = world;
  const gone = page(
    404,
    gateGonePage({ company: estate.company, says: "This link leads nowhere, or no longer." }),
  );
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return gone;
  const link = await findLink(ledger, links.hashOf(token));
  if (link === undefined) return gone;
  const run = link.gate.startsWith("home-") ? "home" : "out";
  const [incident, gate, plan] = await Promise.all([
    readIncident(ledger, link.incident),
    readGate(ledger, link.incident, link.gate),
    pinnedPlan(ledger, link.incident, run),
  ]);
  const person = estate.people.find((one) => one.name === link.person);
  if (incident === undefined || gate === undefined || plan === undefined || person === undefined) return gone;
  const yourVote = gate.votes.find((one) => one.person === person.name);
  const body = gatePage({
    company: estate.company,
    // What the reader needs first is what is wrong, not how far the procedure has come.
    incident: { ...summaryOf(incident), says: plan.plan.evidence[0] ?? incident.says },
    gate,
    plan: plan.plan,
    person: { name: person.name, fullName: person.fullName, role: person.role },
    formToken: links.formToken(token),
    approveUrl: `/gates/${token}/approve`,
    rejectUrl: `/gates/${token}/reject`,
    now: clock.now(),
    ...(wrong === undefined ? {} : { problem: wrong }),
    ...(yourVote === undefined ? {} : { yourVote }),
  });
  return page(status, body);
}
