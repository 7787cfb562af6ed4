import type { AdminState } from "../../shared/world";
import { knownServer } from "../breakage";
import type { Company } from "../company";
import type { Customers } from "../customers";
import { SandboxRefusal } from "../refusal";
import { partsOf } from "../parts";
import type { Effect, FaultView, Phone, Truth, TrueRecord, TrueServer } from "../types";
import type { WireAnswer, WireRequest } from "../wire";
import type { Machines } from "./machines";

/** What can be asked of the company on real sockets. Every change has happened when its promise resolves. */
export type RealCompany = {
  faults(): FaultView[];
  break(fault: string, way?: string): Promise<FaultView>;
  heal(fault: string): Promise<FaultView>;
  cut(part: string): Promise<PartView>;
  mend(part: string): Promise<PartView>;
  editRecord(hostname: string, content: string): Promise<TrueRecord[]>;
  setServer(server: string, state: AdminState): Promise<TrueServer[]>;
  reset(): Promise<{ reset: true }>;
  truth(): Promise<Truth>;
  effects(): Promise<Effect[]>;
  phones(): Phone[];
  /** undefined: the phones are cut off, and nobody answers. */
  telephone(person: string, request: WireRequest): WireAnswer | undefined;
  describe(): object;
};

export type PartView = { part: string; cut: boolean };

export function realCompany(company: Company, machines: Machines, customers: Customers): RealCompany {
  const { breakage } = company;
  const balancers = [...machines.balancers.values()];
  const look = () => Promise.all(balancers.map((one) => one.look()));
  const fault = (name: string) => breakage.faults().find((one) => one.name === name) ?? neverHappens(name);

  async function changed<T>(change: () => void, value: () => T): Promise<T> {
    change();
    await machines.settle();
    return value();
  }
  const toFault = (name: string, change: () => void) => changed(change, () => fault(name));
  const toPart = (part: string, cut: boolean, change: () => void) => changed(change, () => ({ part, cut }));

  return {
    faults: () => breakage.faults(),
    break: (name, way) => toFault(name, () => breakage.break(name, way)),
    heal: (name) => toFault(name, () => breakage.heal(name)),
    cut: (part) => toPart(part, true, () => breakage.cut(part)),
    mend: (part) => toPart(part, false, () => breakage.mend(part)),
    async editRecord(hostname, content) {
      company.editRecord(hostname, content);
      return company.records.all();
    },
    async setServer(server, state) {
      const known = knownServer(company.estate, server);
      for (const one of balancers) await one.setServer(known, state);
      await look();
      return balancers.flatMap((one) => one.truth()).filter((one) => one.name === known);
    },
    async reset() {
      company.reset();
      machines.azure.reset();
      machines.revive();
      await machines.settle();
      await machines.restartBalancers();
      customers.reset();
      return { reset: true };
    },
    async truth() {
      await look();
      const servers = balancers.flatMap((one) => one.truth());
      return {
        records: company.records.all(),
        securityLevel: company.zoneSettings.securityLevel(),
        servers,
        customers: customers.count(),
      };
    },
    async effects() {
      await look();
      return company.log.effects;
    },
    phones: () => company.phones.list(),
    telephone: (person, request) =>
      breakage.condition("phones").net === "open" ? company.phones.receive(person, request) : undefined,
    describe: () => describe(company, machines),
  };
}

function describe(company: Company, machines: Machines): object {
  const { estate, breakage, secrets } = company;
  const pids = machines.pids();
  return {
    company: estate.company,
    console: estate.baseUrl,
    service: estate.service,
    parts: partsOf(estate).map((part) => ({
      name: part.name,
      kind: part.kind,
      addresses: part.endpoints.map((one) => `${one.address}:${one.port}`),
      pid: part.name in pids ? pids[part.name] : process.pid,
      condition: breakage.condition(part.name),
      cut: breakage.cuts().includes(part.name),
    })),
    haproxy: [...machines.balancers.values()][0]?.haproxy ?? null,
    haproxyIsReal: [...machines.balancers.values()].every((one) => one.real),
    nagios: { secret: secrets(estate.nagios.secret) },
  };
}

function neverHappens(name: string): never {
  throw new SandboxRefusal({ what: "no such fault", where: "fault", value: name, hint: "See /faults." });
}
