import type { Balancer, Estate } from "../../shared/estate";
import type { Condition } from "../condition";
import { configurationOf } from "./setup";
import { startHaproxy, type Haproxy } from "./stand-in";
import type { Connection } from "./traffic";

/** The processes that follow one another on a balancer's machine, as its condition changes. */
export type HaproxyLife = {
  /** The process as it is now; undefined while it is dead. What was set at run time is lost with the one before. */
  apply(condition: Pick<Condition, "net" | "setup">): Haproxy | undefined;
  end(): void;
};

export function haproxyLife(estate: Estate, balancer: Balancer, clock: () => number): HaproxyLife {
  let now: { haproxy: Haproxy; configuration: string; held: Connection[] } | undefined;

  return {
    apply({ net, setup }) {
      const configuration = configurationOf(setup);
      if (net === "refused") now = undefined;
      else if (now?.configuration !== configuration)
        now = { haproxy: startHaproxy(estate, balancer, clock, setup), configuration, held: [] };
      if (now !== undefined) hold(now, setup.held ?? 0, clock());
      return now?.haproxy;
    },
    end: () => (now = undefined),
  };
}

/** Opens connections that nobody ends, or ends them all. */
function hold(life: { haproxy: Haproxy; held: Connection[] }, wanted: number, at: number): void {
  if (wanted === 0) for (const one of life.held.splice(0)) one.until = at;
  while (life.held.length < wanted) {
    const connection = life.haproxy.traffic.begin(at);
    if (connection === undefined) return;
    life.held.push(connection);
  }
}
