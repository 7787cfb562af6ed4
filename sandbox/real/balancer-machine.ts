import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import type { Company } from "../company";
import type { Condition } from "../condition";
import type { EffectBy, TrueServer } from "../types";

/** A balancer's machine, with the real HAProxy on it or its stand-in. */
export type BalancerMachine = {
  /** Which HAProxy it is, in words. */
  haproxy: string;
  real: boolean;
  apply(condition: Condition): Promise<void>;
  stop(): Promise<void>;
  /** As new: counters at zero, every server ready. */
  restart(condition: Condition): Promise<void>;
  pid(): number | null;
  /** What ended by itself may start again when its condition is applied next. */
  revive?(): void;
  /** Once a second: the stand-in's health checks, or a look at what the real one says. */
  tick(): Promise<void>;
  /** Makes `truth` and the effects as fresh as they can be. */
  look(): Promise<void>;
  truth(): TrueServer[];
  adminStates(): AdminStates;
  /** Somebody sets a server's state; nothing happens while HAProxy is dead. */
  setServer(server: string, state: AdminState): Promise<void>;
};

/** By server; one that is not named is ready. */
export type AdminStates = Record<string, AdminState>;

export function noteServerState(
  company: Company,
  balancer: Balancer,
  change: { server: string; old: AdminState; new: AdminState; by: EffectBy },
  apply: () => void,
): void {
  const { server, old, by } = change;
  company.log.write(
    { by, kind: "server-state", resource: `${balancer.name}/${server}`, old, new: change.new },
    apply,
  );
}
