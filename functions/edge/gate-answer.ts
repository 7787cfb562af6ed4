import type { HttpResponseInit } from "@azure/functions";
import { classifyPage, gateGonePage, gatePage, type GateProblem } from "../../console";
import { readClassification } from "../../shared/ledger/classification";
import { summaryOf } from "../../shared/ledger/detail";
import { findLink, readGate, type LinkRow } from "../../shared/ledger/gates";
import { readIncident } from "../../shared/ledger/incidents";
import { planOfHash } from "../../shared/ledger/record";
import type { World } from "../../shared/world";
import { FRESH_FOR } from "../../shared/proof";
import { between } from "../../shared/time";
import { signInUrl } from "./answering";
import { page } from "./respond";
import type { SignedIn } from "./sign-in";

/** The gate's page for the person of this link; the same answer for every link that leads nowhere. Reads only. */
export async function gateAnswer(
  world: World,
  token: string,
  status: number,
  wrong?: GateProblem,
  who: SignedIn = { kind: "nobody" },
): Promise<HttpResponseInit> {
  const { estate, ledger, links, clock } = world;
  const gone = page(
    404,
    gateGonePage({ company: estate.company, says: "This link leads nowhere, or no longer." }),
  );
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return gone;
  const link = await findLink(ledger, links.hashOf(token));
  if (link === undefined) return gone;
  if (link.gate.startsWith("classify-"))
    return (await questionPage(world, link, token, status, wrong)) ?? gone;
  const [incident, gate] = await Promise.all([
    readIncident(ledger, link.incident),
    readGate(ledger, link.incident, link.gate),
  ]);
  // The very plan that this gate asks about, whatever was pinned since (S-03).
  const plan = gate === undefined ? undefined : await planOfHash(ledger, link.incident, gate.planHash);
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
    ...(estate.auth.easyAuth === undefined
      ? {}
      : { signIn: { fresh: isFresh(who, person.name, clock.now()), url: signInUrl(`/gates/${token}`) } }),
  });
  return page(status, body);
}

async function questionPage(
  world: World,
  link: LinkRow,
  token: string,
  status: number,
  wrong?: GateProblem,
): Promise<HttpResponseInit | undefined> {
  const { estate, ledger, links, clock } = world;
  const incident = await readIncident(ledger, link.incident);
  const question = await readClassification(ledger, link.incident, link.gate);
  const person = estate.people.find((one) => one.name === link.person);
  if (incident === undefined || question === undefined || person === undefined) return undefined;
  const body = classifyPage({
    company: estate.company,
    incident: summaryOf(incident),
    question,
    person: { name: person.name, fullName: person.fullName, role: person.role },
    formToken: links.formToken(token),
    classifyUrl: `/gates/${token}/classify`,
    now: clock.now(),
    ...(wrong === undefined ? {} : { problem: wrong }),
  });
  return page(status, body);
}

/** Signed in lately enough to approve without a code; the vote itself checks it again. */
function isFresh(who: SignedIn, person: string, now: string): boolean {
  if (who.kind !== "person" || who.person !== person || who.authenticatedAt === null) return false;
  return between(who.authenticatedAt, now) <= FRESH_FOR;
}
