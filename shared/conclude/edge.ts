import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look, Observation } from "../observation";
import { breakGlassSays } from "./break-glass";
import { found } from "./found";
import { originWell } from "./origin";
import { observationsOf, sayings, verdict } from "./votes";

/** CloudFlare is what does not pass customers on: what is behind it answers, and the records lead through it. */
export function brokenEdge(look: Look, estate: Estate): Diagnosis | undefined {
  const through = look.records === null || look.records.some((one) => one.proxied);
  if (!through || !originWell(look, estate)) return undefined;
  return noWayToOrigin(look, estate) ?? deadEdge(look, estate);
}

/** 520 to 526: the edge is alive, and says that it can't use what is behind it. */
function noWayToOrigin(look: Look, estate: Estate): Diagnosis | undefined {
  const said = ([{ kind: "customers" }, { kind: "edge" }] as const).map(
    (of) => observationsOf(look, of).filter(blamesOrigin).length,
  );
  if (Math.max(...said) < 2) return undefined;
  const says =
    "CloudFlare's edge says that it can't use the origin, which answers everybody else: look at the firewall and the certificate there.";
  return {
    ...found(look, "edge-cannot-reach-origin", "edge", says, [
      `customers: ${sayings(look, { kind: "customers" })}`,
      ...directly(look, estate),
    ]),
    runnerUp:
      look.records === null
        ? {
            finding: "dns-wrong-records",
            because: "where the records lead can't be read now, and a wrong address looks the same",
          }
        : {
            finding: "edge-down",
            because: "a part of CloudFlare's network that is cut off looks the same from here",
          },
  };
}

function deadEdge(look: Look, estate: Estate): Diagnosis | undefined {
  if (!edgeFails(look, estate)) return undefined;
  const evidence = [
    estate.cloudflare.edge === undefined
      ? `customers, through the edge: ${sayings(look, { kind: "customers" })}`
      : `edge: ${sayings(look, { kind: "edge" })}`,
    ...directly(look, estate),
    ...look.views.flatMap(({ balancer, load }) =>
      load === undefined ? [] : [`${balancer} counts ${load.rate} new sessions a second`],
    ),
  ];
  const says = "CloudFlare's edge does not pass customers on; what is behind it answers.";
  if (!apiSilent(look)) return found(look, "edge-down", "edge", says, evidence);
  return found(
    look,
    "edge-and-api-down",
    "edge",
    `${says} Its API fails as well, so nothing can be changed there. ${breakGlassSays(look, estate)}`,
    [...evidence, `API: ${apiSays(look)}`],
  );
}

/** Customers are served, and nothing of CloudFlare's can be changed. Asked from one place only, so it is likely at most. */
export function silentControlPlane(look: Look): Diagnosis | undefined {
  if (!apiSilent(look)) return undefined;
  const says =
    "CloudFlare's API does not answer; customers are served. Until it is back no plan can change DNS or the proxy.";
  return {
    ...found(look, "cloudflare-api-down", "cloudflare-api", says, [
      `API: ${apiSays(look)}`,
      `customers: ${sayings(look, { kind: "customers" })}`,
    ]),
    runnerUp: {
      finding: "observers-suspect",
      because: "the API was asked from here only; our own way to it may be what fails",
    },
  };
}

/** Is the control plane what fails? A token that it refuses, or a limit that we ran into, is our own affair. */
function apiSilent({ records, recordsFailed }: Look): boolean {
  const ours = ["CLOUDFLARE_TOKEN_REFUSED", "CLOUDFLARE_RATE_LIMITED", "SECRET_MISSING"];
  return records === null && !ours.includes(recordsFailed?.code ?? "");
}

function apiSays({ recordsFailed }: Look): string {
  return recordsFailed?.says ?? "no answer";
}

/** Without an edge that can be asked by itself, customers' way through it is what is left to judge by. */
function edgeFails(look: Look, estate: Estate): boolean {
  if (estate.cloudflare.edge !== undefined) return verdict(look, { kind: "edge" }) === "down";
  return verdict(look, { kind: "customers" }) === "down" && verdict(look, { kind: "dns" }) === "healthy";
}

/**
 * The edge works, and reaches what is behind it: customers can be led through it again. Seen by the canary,
 * because the edge does not answer for a name that is out of the proxy; without one nobody can tell.
 */
export function edgeWell(look: Look): boolean {
  const of = { kind: "edge-canary" } as const;
  return verdict(look, of) === "healthy" && !observationsOf(look, of).some(blamesOrigin);
}

function blamesOrigin({ status }: Observation): boolean {
  return status !== undefined && status >= 520 && status <= 526;
}

function directly(look: Look, { balancers }: Estate): string[] {
  return balancers.map(({ name }) => `${name}, directly: ${sayings(look, { kind: "balancer", name })}`);
}
