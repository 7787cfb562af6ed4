import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "../certificates";
import { resourceManager, type ResourceManager } from "../azure/api";
import { plainHands, type Hands } from "../azure/virtual-machines";
import type { Company } from "../company";
import type { AdminStates, BalancerMachine } from "./balancer-machine";
import { companyNetwork } from "./company-network";
import { crowd } from "./crowd";
import { serverMachine } from "./forked";
import { endpointOf } from "../parts";
import { findHaproxy, haproxyMachine } from "./haproxy-machine";
import { inOrder } from "./in-order";
import { cloudflareParts, httpPart, type InProcess } from "./in-process";
import type { Register } from "./leftovers";
import { standInMachine } from "./stand-in-machine";
import { vantageMachine } from "./vantage-machine";

/** Every part of the company that listens somewhere. */
export type Machines = {
  /** Makes every part as its condition says, and waits until it is so. */
  settle(): Promise<void>;
  balancers: Map<string, BalancerMachine>;
  /** Who starts the machines, and their services. */
  azure: ResourceManager;
  /** What ended by itself may start again at the next `settle`. */
  revive(): void;
  /** By part; null while the process is dead. Parts without a process of their own are not in it. */
  pids(): Record<string, number | null>;
  restartBalancers(): Promise<void>;
  stop(): Promise<void>;
};

export type MachinesOptions = {
  company: Company;
  /** The file that the estate is in. */
  config: string;
  certificates: Certificates;
  stateDir: string;
  register: Register;
  say: (line: string) => void;
  /** Never the real HAProxy. */
  standIn: boolean;
  serverStates: Record<string, AdminStates>;
};

type Machine = InProcess & { pid?(): number | null; revive?(): void };

export function createMachines({
  company,
  config,
  certificates,
  stateDir,
  register,
  say,
  standIn,
  serverStates,
}: MachinesOptions): Machines {
  const { estate, secrets, breakage } = company;
  const common = { register, say };
  const fronts = new Map<string, Machine>(cloudflareParts(company, certificates));
  for (const server of estate.servers) fronts.set(server.name, serverMachine(estate, server, common));
  const roots = rootsFile(stateDir, certificates);
  for (const vantage of estate.vantages) {
    const place = { estate, vantage, config, secret: secrets(vantage.secret), stateDir, roots };
    fronts.set(vantage.name, vantageMachine(place, common));
  }
  fronts.set("attackers", crowd(estate, companyNetwork(company, "attackers")));
  const program = standIn ? undefined : findHaproxy();
  const balancers = new Map(
    estate.balancers.map((balancer) => {
      const saved = serverStates[balancer.name] ?? {};
      const network = companyNetwork(company, balancer.name);
      const machine =
        program === undefined
          ? standInMachine({ company, balancer, network, saved, certificates })
          : haproxyMachine({ company, balancer, program, certificates, stateDir, register, say, saved });
      return [balancer.name, machine];
    }),
  );
  const turn = inOrder();
  const hands = handsOf(company, {
    pid: (part) => (fronts.get(part) ?? balancers.get(part))?.pid?.(),
    start(part, done) {
      (fronts.get(part) ?? balancers.get(part))?.revive?.();
      // Over in any case: what did not come up is asked for, and says so itself.
      settle()
        .catch((thrown: unknown) => say(String(thrown)))
        .finally(done);
    },
  });
  const azure = resourceManager(company, hands);
  if (estate.azure !== undefined)
    fronts.set("azure", httpPart(company, "azure", endpointOf(estate.azure.endpoint), azure.app));

  async function applyAll(machines: Map<string, Machine>): Promise<void> {
    await Promise.all([...machines].map(([part, machine]) => machine.apply(breakage.condition(part))));
  }

  // Servers before balancers, so that a new HAProxy's first checks pass.
  const settle = () => turn(() => applyAll(fronts).then(() => applyAll(balancers)));

  return {
    settle,
    balancers,
    azure,
    revive() {
      for (const machine of fronts.values()) machine.revive?.();
    },
    pids: () =>
      Object.fromEntries(
        [...fronts, ...balancers].flatMap(([part, one]) =>
          one.pid === undefined ? [] : [[part, one.pid()]],
        ),
      ),
    restartBalancers: () =>
      turn(async () => {
        await Promise.all([...balancers].map(([part, machine]) => machine.restart(breakage.condition(part))));
      }),
    stop: () =>
      turn(async () => {
        await Promise.all([...fronts.values(), ...balancers.values()].map((one) => one.stop()));
      }),
  };
}

/** The file with the authority that customers trust; undefined where they speak no TLS. */
function rootsFile(stateDir: string, { service }: Certificates): string | undefined {
  if (service === undefined) return undefined;
  const file = join(stateDir, "service-roots.pem");
  writeFileSync(file, service.ca);
  return file;
}

/** A process that somebody killed is as dead as one that a fault has ended. */
function handsOf(
  company: Company,
  real: { pid(part: string): number | null | undefined; start(part: string, done: () => void): void },
): Hands {
  const plain = plainHands(company);
  return {
    ...plain,
    service(part) {
      const state = plain.service(part);
      return state === "active" && real.pid(part) === null ? "failed" : state;
    },
    start(part, done) {
      plain.start(part, () => real.start(part, done));
    },
  };
}
