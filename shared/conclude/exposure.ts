import type { Estate } from "../estate";
import type { Look } from "../observation";
import { attackSeen, loadKnown } from "./attack";
import { balancerFit } from "./balancer-fit";
import { faultAt } from "./certificate";
import { answersDirectly, originsOf, type Origin } from "./origin";
import { fitToServe } from "./sick-server";

/**
 * What speaks against showing the origin to the world now, a sentence each; nothing when it may be shown. Each is
 * a hard stop: behind the proxy an origin may be what it likes, before it customers meet it as it is.
 */
export function exposureObjection(look: Look, estate: Estate): string[] {
  const origins = originsOf(look, estate);
  if (origins.length === 0) return ["where the records lead is not known, or is no part of the estate"];
  const attack = attackSeen(look, estate);
  return [
    ...(attack === undefined ? [] : [`an attack is in progress: ${attack}`]),
    ...origins.flatMap((origin) => [...unfit(look, estate, origin), ...unseen(look, estate, origin)]),
  ];
}

function unfit(look: Look, estate: Estate, origin: Origin): string[] {
  const { name, kind } = origin;
  // Behind the proxy a bad certificate may be what nobody sees; before it every browser does.
  const certificate = kind === "balancer" ? faultAt(look, estate, name) : undefined;
  if (certificate !== undefined) return [`${name}'s certificate ${certificate}`];
  const fit = kind === "balancer" ? balancerFit(look, estate, name) : fitToServe(look, name);
  if (fit && answersDirectly(look, origin)) return [];
  return [`${name} does not serve under ${estate.service.hostname} when the vantages reach it directly`];
}

/** An attack must be ruled out, not just unseen. A server has no counters of its own that we read. */
function unseen(look: Look, estate: Estate, { name, kind }: Origin): string[] {
  if (kind === "server" || estate.service.busiestRate === undefined || loadKnown(look, name)) return [];
  return [`${name} does not say how busy it is, so an attack can't be ruled out`];
}
