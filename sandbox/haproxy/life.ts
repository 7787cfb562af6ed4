import type { Balancer, Estate } from "../../shared/estate";
import type { Condition } from "../condition";
import { configurationOf } from "./setup";
import { startHaproxy, type Haproxy } from "./stand-in";
import type { Connection } from "./traffic";

/** The processes that follow one another on a balancer's machine, as its condition changes. */
export type HaproxyLife = {
  /** The process as it is now; undefined while it is dead. What was set at run time is lost with the one before. */
  apply(condition: Pick<Condition, "net" | "setup">): Haproxy | undefined;
  /** Whoever holds connections takes each that another one gives up. */
  topUp(): void;
  end(): void;
};

export function haproxyLife(estate: Estate, balancer: Balancer, clock: () => number): HaproxyLife {
  let now: { haproxy: Haproxy; configuration: string; held: Connection[] } | undefined;

  let wanted = 0;

  function topUp(): void {
    if (now !== undefined) hold(now, wanted, clock());
  }

  return {
    apply({ net, setup }) {
      const configuration = configurationOf(setup);
      if (net === "refused") now = undefined;
      else if (now?.configuration !== configuration)
        now = { haproxy: startHaproxy(estate, balancer, clock, setup), configuration, held: [] };
      wanted = setup.held ?? 0;
      topUp();
      return now?.haproxy;
    },
    topUp,
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
