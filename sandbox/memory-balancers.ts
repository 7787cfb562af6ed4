import type { Balancer, Estate } from "../shared/estate";
import type { AdminState } from "../shared/world";
import type { Company } from "./company";
import { doorAllows, isGuarded } from "./haproxy/door";
import type { Member } from "./haproxy/member";
import { runtimeAnswer } from "./haproxy/runtime-api";
import { haproxyLife } from "./haproxy/life";
import type { Haproxy } from "./haproxy/stand-in";
import { trueServer } from "./haproxy/true-server";
import type { EffectBy, TrueServer } from "./types";

/** The balancers' HAProxy processes in memory. A process that was dead starts anew: what was set at run time is lost. */
export type Balancers = {
  haproxy(balancer: string): Haproxy | undefined;
  /** Ends and starts processes as the balancers' conditions say. */
  settle(): void;
  restart(): void;
  runtimeApi(url: string, command: string): Promise<string>;
  setServer(server: string, state: AdminState): void;
  truth(): TrueServer[];
};

export function memoryBalancers(company: Company): Balancers {
  const { estate, clock } = company;
  const running = new Map<string, Haproxy>();
  const lives = new Map(estate.balancers.map((one) => [one.name, haproxyLife(estate, one, clock)]));

  function settle(): void {
    for (const [name, life] of lives) {
      const alive = life.apply(company.breakage.condition(name));
      if (alive === undefined) running.delete(name);
      else running.set(name, alive);
    }
  }

  function write(balancer: string, member: Member, state: AdminState, by: EffectBy, apply: () => void): void {
    const effect = {
      by,
      kind: "server-state",
      resource: `${balancer}/${member.name}`,
      old: member.admin,
      new: state,
    } as const;
    company.log.write(effect, apply);
  }

  settle();
  return {
    haproxy: (balancer) => running.get(balancer),
    settle,
    restart() {
      for (const life of lives.values()) life.end();
      running.clear();
      settle();
    },
    async runtimeApi(url, command) {
      const balancer = balancerAt(estate, url);
      const haproxy = balancer === undefined ? undefined : running.get(balancer.name);
      if (balancer === undefined || haproxy === undefined)
        throw failed("ECONNREFUSED", `connect ECONNREFUSED ${url}`);
      if (company.breakage.condition(balancer.name).net !== "open")
        throw failed("ETIMEDOUT", `${url}: timed out`);
      if (isGuarded(balancer) && !doorAllows(`${command}\n`)) return "";
      return runtimeAnswer(haproxy, command, clock(), (member, state, apply) =>
        write(balancer.name, member, state, "runtime-api", apply),
      );
    },
    setServer(server, state) {
      for (const [balancer, haproxy] of running) {
        for (const member of haproxy.members.filter((one) => one.name === server)) {
          runtimeAnswer(
            haproxy,
            `set server ${haproxy.backend}/${server} state ${state}`,
            clock(),
            (_, wanted, apply) => write(balancer, member, wanted, "somebody", apply),
          );
        }
      }
    },
    truth: () =>
      [...running].flatMap(([balancer, haproxy]) =>
        haproxy.members.map((one) => trueServer(balancer, one, clock())),
      ),
  };
}

function balancerAt(estate: Estate, url: string): Balancer | undefined {
  return estate.balancers.find((one) => one.runtimeApi === url);
}

function failed(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
