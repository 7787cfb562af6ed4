import type { Estate } from "../../shared/estate";
import type { Company } from "../company";

/** One virtual machine: the part that runs on it, and the service that makes it serve. */
export type VirtualMachine = { part: string; id: string; service: string };

/** What can be done to the machines, and what is so of them: in memory, or of real processes. */
export type Hands = {
  power(part: string): "running" | "stopped" | "deallocated";
  /** Of a machine that runs. */
  service(part: string): "active" | "failed" | "inactive";
  /** The machine, or the service of one that runs, is up from now on. What can't be started stays as it is. */
  start(part: string, done: () => void): void;
};

export function virtualMachines({ balancers, servers }: Estate): VirtualMachine[] {
  return [...balancers, ...servers].flatMap(({ name, vm }) =>
    vm === undefined ? [] : [{ part: name, ...vm }],
  );
}

/** As the faults have made them. */
export function plainHands({ breakage }: Company): Hands {
  return {
    power: (part) => breakage.condition(part).machine,
    service(part) {
      const { service } = breakage.condition(part);
      return service === "broken" ? "failed" : service;
    },
    start(part, done) {
      breakage.start(part);
      done();
    },
  };
}
