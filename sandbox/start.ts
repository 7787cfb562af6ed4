import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Estate } from "../shared/estate";
import { sandboxCertificates } from "./certificates";
import { createCompany, type Company } from "./company";
import { customersOf } from "./customers";
import { introductions } from "./introductions";
import { companyNetwork } from "./real/company-network";
import { controlApi } from "./real/control";
import { httpListener } from "./real/http-listener";
import { registerProcesses, type Register } from "./real/leftovers";
import { createMachines, type Machines } from "./real/machines";
import { realCompany, type RealCompany } from "./real/real-company";
import { stateFile } from "./real/state-file";
import { nameOf, sandboxSecrets } from "./secrets";
import { runLater } from "./wire";

export type SandboxOptions = {
  estate: Estate;
  /** The file that the estate is in. */
  config: string;
  /** What survives a restart is in here. One sandbox at a time may use it. */
  stateDir: string;
  /** Of the control API, on 127.0.0.1; 0 takes any free one. */
  port: number;
  /** Never the real HAProxy, even where there is one. */
  standIn?: boolean;
  say?: (line: string) => void;
};

export type Sandbox = { stop(): Promise<void>; port: number };

const SECOND_MS = 1_000;
/** For a predecessor in the same folder that is still dying. */
const PATIENCE_MS = 3_000;

/** Starts the whole company on real sockets. Rejects with one sentence when it can't, and leaves nothing running. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const begun = laterCompany();
  // Asked before the company stands, the control API waits; if it never stands, the asker learns why.
  begun.promise.catch(() => undefined);
  const control = httpListener(
    { address: "127.0.0.1", port: options.port },
    "the sandbox's control API",
    controlApi(() => begun.promise),
  );
  await control.apply("open");
  try {
    // Absolute, because HAProxy takes a relative socket path for the name of a host.
    const running = await startCompany({ ...options, stateDir: resolve(options.stateDir) });
    begun.stands(running.company);
    const stop = async () => {
      await control.stop();
      await running.stop();
    };
    return { port: control.port(), stop };
  } catch (thrown) {
    begun.fails(thrown);
    await control.stop();
    throw thrown;
  }
}

async function startCompany(options: SandboxOptions) {
  const { estate, config, stateDir, say = () => undefined, standIn = false } = options;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const register = await registerProcesses(stateDir, PATIENCE_MS);
  const onExit = () => register.endAll();
  process.on("exit", onExit);
  let machines: Machines | undefined;
  try {
    const file = stateFile(stateDir, estate, say);
    const saved = file.read();
    const save = () => {
      if (machines !== undefined)
        file.write({ company: company.saved(), serverStates: adminStates(machines) });
    };
    const certificates = await sandboxCertificates(stateDir, estate);
    const values = sandboxSecrets(stateDir, estate);
    const company = createCompany({
      estate,
      secrets: (ref) => values[nameOf(ref)] ?? "",
      clock: () => Date.now(),
      changed: () => save(),
      saved: saved?.company,
    });
    machines = createMachines({
      company,
      config,
      certificates,
      stateDir,
      register,
      say,
      standIn,
      serverStates: saved?.serverStates ?? {},
    });
    await machines.settle();
    save();
    const { breakage } = company;
    for (const line of introductions({
      estate,
      balancers: [...machines.balancers].map(([name, { haproxy, real }]) => ({ name, haproxy, real })),
      standInWanted: standIn,
      port: options.port,
      faults: breakage.active(),
      cuts: breakage.cuts(),
    }))
      say(line);
    return beginLife({ company, machines, register, onExit, say, roots: certificates.service?.ca });
  } catch (thrown) {
    await endAll(machines, register, onExit);
    throw thrown;
  }
}

type Life = {
  company: Company;
  machines: Machines;
  register: Register;
  onExit: () => void;
  say: (line: string) => void;
  /** What customers' browsers trust. */
  roots: string | undefined;
};

/** From now on a second is a second: customers ask, health checks run, HAProxy is looked at. */
function beginLife({ company, machines, register, onExit, say, roots }: Life) {
  const customers = customersOf(company.estate, company.clock);
  const network = companyNetwork(company, "customers", roots);
  const everySecond = setInterval(() => {
    machines.azure.tick();
    const tasks = [
      runLater(customers.request(), network),
      ...[...machines.balancers.values()].map((one) => one.tick()),
    ];
    for (const task of tasks) task.catch((thrown: unknown) => say(String(thrown)));
  }, SECOND_MS);
  return {
    company: realCompany(company, machines, customers),
    async stop() {
      clearInterval(everySecond);
      await endAll(machines, register, onExit);
    },
  };
}

function laterCompany() {
  let stands: (company: RealCompany) => void = () => undefined;
  let fails: (reason: unknown) => void = () => undefined;
  const promise = new Promise<RealCompany>((yes, no) => {
    stands = yes;
    fails = no;
  });
  return { promise, stands, fails };
}

async function endAll(machines: Machines | undefined, register: Register, onExit: () => void): Promise<void> {
  await machines?.stop();
  register.close();
  process.removeListener("exit", onExit);
}

function adminStates(machines: Machines) {
  return Object.fromEntries([...machines.balancers].map(([name, machine]) => [name, machine.adminStates()]));
}
