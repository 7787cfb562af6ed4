import { balancerFit } from "./conclude/balancer-fit";
import { verdict } from "./conclude/votes";
import { fitToServe } from "./conclude/sick-server";
import { refuse, type Refusal } from "./errors";
import type { Estate } from "./estate";
import type { Look } from "./observation";
import type { Change, RecordValue } from "./plan";
import { adminStateOf, othersUp } from "./server-state";
import type { AdminState, World } from "./world";

/** What the resource is now, read from where it lives. Undefined: it is gone. */
export async function readChange(
  change: Change,
  world: World,
): Promise<AdminState | RecordValue | undefined> {
  switch (change.do) {
    case "setServerState": {
      const servers = await world.balancer(change.balancer).servers();
      const state = servers.find((one) => one.name === change.server);
      return state === undefined ? undefined : adminStateOf(state);
    }
    case "pointRecord": {
      const records = await world.records.read(change.hostname);
      const record = records.find((one) => one.id === change.record);
      return record === undefined
        ? undefined
        : { type: record.type, content: record.content, proxied: record.proxied, ttl: record.ttl };
    }
  }
}

/** Sets the new value, whole. Says nothing of success: that is read back. */
export async function writeChange(change: Change, world: World): Promise<void> {
  switch (change.do) {
    case "setServerState":
      return await world.balancer(change.balancer).setState(change.server, change.new);
    case "pointRecord":
      return await world.records.update({ id: change.record, name: change.hostname, ...change.new });
  }
}

export function sameValue(a: AdminState | RecordValue | undefined, b: AdminState | RecordValue): boolean {
  if (a === undefined || typeof a === "string" || typeof b === "string") return a === b;
  return a.type === b.type && a.content === b.content && a.proxied === b.proxied && a.ttl === b.ttl;
}

/** Promise 6, asked right before the write: never towards what is not healthy now, never without a healthy server left. */
export function unsafe(change: Change, seen: Look, estate: Estate): Refusal | undefined {
  switch (change.do) {
    case "setServerState": {
      if (change.new === "ready") {
        const healthy = verdict(seen, { kind: "server-health", name: change.server }) === "healthy";
        const serves = verdict(seen, { kind: "server-customers", name: change.server }) === "healthy";
        return healthy && serves
          ? undefined
          : refuse("TARGET_NOT_HEALTHY", `${change.server} is not healthy now.`, "It stays out until it is.");
      }
      const others = othersUp(seen, change.balancer, change.server).filter((name) => fitToServe(seen, name));
      if (others.length > 0) return undefined;
      return refuse(
        "LAST_HEALTHY_SERVER",
        `${change.server} is the last server of ${change.balancer} that could serve.`,
        "Bring another one up first.",
      );
    }
    case "pointRecord": {
      const fit = isServer(change.to, estate)
        ? fitToServe(seen, change.to)
        : balancerFit(seen, estate, change.to);
      if (fit && change.new.content !== "") return undefined;
      return refuse(
        "TARGET_NOT_HEALTHY",
        `${change.to} is not healthy now, as the vantages see it.`,
        "Customers are not led to it.",
      );
    }
  }
}

function isServer(name: string, estate: Estate): boolean {
  return estate.servers.some((one) => one.name === name);
}
