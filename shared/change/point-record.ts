import { attackSeen } from "../conclude/attack";
import { balancerFit } from "../conclude/balancer-fit";
import { edgeWell } from "../conclude/edge";
import { exposureObjection } from "../conclude/exposure";
import { fitToServe } from "../conclude/sick-server";
import { refuse, type Refusal } from "../errors";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import type { ChangeKind, ChangeOf } from "./kind";

type Pointing = ChangeOf<"pointRecord">;

/** Where a DNS record leads, and whether through the proxy. Changed in place, never removed (I-22). */
export const pointRecord: ChangeKind<Pointing> = {
  async read({ hostname, record: id }, world) {
    const record = (await world.records.read(hostname)).find((one) => one.id === id);
    if (record === undefined) return undefined;
    const { type, content, proxied, ttl } = record;
    return { type, content, proxied, ttl };
  },

  async write({ record, hostname, new: value }, world) {
    await world.records.update({ id: record, name: hostname, ...value });
  },

  unsafe(change, seen, estate) {
    if (hides(change) && attackSeen(seen, estate) !== undefined) return undefined;
    return bypassing(change, seen, estate) ?? unfit(change, seen, estate) ?? returning(change, seen);
  },
};

/** Back behind the proxy, at the same address: in an attack the better place, even while the edge is dead and nobody is served there. */
function hides({ old, new: value }: Pointing): boolean {
  return !old.proxied && value.proxied && old.content === value.content;
}

function unfit({ to, new: value }: Pointing, seen: Look, estate: Estate): Refusal | undefined {
  const isServer = estate.servers.some((one) => one.name === to);
  const fit = isServer ? fitToServe(seen, to) : balancerFit(seen, estate, to);
  if (fit && value.content !== "") return undefined;
  const says = `${to} is not healthy now, as the vantages see it.`;
  return refuse("TARGET_NOT_HEALTHY", says, "Customers are not led to it.");
}

/** Past the edge, or past a balancer: what either keeps out would reach what is behind it. */
function bypassing({ to, old, new: value }: Pointing, seen: Look, estate: Estate): Refusal | undefined {
  const pastEdge = old.proxied && !value.proxied;
  const pastBalancer = old.content !== value.content && estate.servers.some((one) => one.name === to);
  if (!pastEdge && !pastBalancer) return undefined;
  const attack = attackSeen(seen, estate);
  if (attack !== undefined)
    return refuse(
      "UNDER_ATTACK",
      `An attack is in progress: ${attack}.`,
      "Nothing is bypassed while it lasts: it would go on where nobody stops it.",
    );
  const objections = pastEdge ? exposureObjection(seen, estate) : [];
  if (objections.length === 0) return undefined;
  return refuse(
    "ORIGIN_NOT_READY",
    `The origin can't be shown to the world now: ${objections.join("; ")}.`,
    "Mend that first; until then the proxy stays on.",
  );
}

/**
 * Behind the proxy again: only when the edge works and reaches what is behind it. A record that led elsewhere is not
 * meant: wherever its customers were, they are better off.
 */
function returning({ old, new: value }: Pointing, seen: Look): Refusal | undefined {
  if (old.proxied || !value.proxied || old.content !== value.content || edgeWell(seen)) return undefined;
  return refuse(
    "EDGE_NOT_WELL",
    "CloudFlare's edge does not pass requests on to the origin now, as the vantages see it.",
    "Customers go straight to the origin until it does.",
  );
}
