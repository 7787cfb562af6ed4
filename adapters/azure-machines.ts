import type * as Compute from "@azure/arm-compute";
import { RecoveryError, textOf } from "../shared/errors";
import type { Estate } from "../shared/estate";
import { vmAddress, type PowerState, type ServiceState, type UnderWay } from "../shared/machine";
import type { Instant } from "../shared/time";
import type { MachinePort } from "../shared/world";
import { azureClient, type AzureClientOptions } from "./azure-client";
import { azureError, azureLate, type Wanted } from "./azure-errors";
import { operations, type Begun, type What } from "./azure-operations";
import { scriptOf, stateIn, type Script } from "./azure-scripts";
import { within } from "./within";

type Client = Compute.ComputeManagementClient;
export type AzureMachinesOptions = Omit<AzureClientOptions, "azure"> & { estate: Estate; now: () => Instant };

const DEADLINE_MS = 8_000;

/**
 * The machines of the estate's parts, by the official SDK. What takes long is begun and asked about: Azure
 * refuses a second Run Command while one runs (409), which counts as under way and is not sent again.
 * Throws `AZURE_UNREACHABLE`, `_FAILED`, `_THROTTLED`, `_RIGHT_MISSING`, `_SIGN_IN`, `_UNCLEAR_ANSWER`,
 * `MACHINE_UNKNOWN`, `_BUSY`, `_REFUSED`, `_UNCLEAR_ANSWER`, or `COMMAND_REFUSED` before anything was sent.
 */
export function azureMachines(options: AzureMachinesOptions): (name: string) => MachinePort | undefined {
  const { estate } = options;
  const { azure } = estate;
  if (azure === undefined) return () => undefined;
  const clients = new Map<string, Client>();
  const clientOf = (subscription: string) => {
    const known = clients.get(subscription);
    if (known !== undefined) return known;
    const made = azureClient({ ...options, azure }, subscription);
    clients.set(subscription, made);
    return made;
  };
  const ports = new Map<string, MachinePort>();
  for (const { name, vm } of [...estate.balancers, ...estate.servers])
    if (vm !== undefined) ports.set(name, machineOf(name, vm, clientOf, options.now));
  return (name) => ports.get(name);
}

type Vm = NonNullable<Estate["balancers"][number]["vm"]>;

function machineOf(
  part: string,
  { id, service }: Vm,
  clientOf: (subscription: string) => Client,
  now: () => Instant,
): MachinePort {
  const { subscription, group, name } = vmAddress(id);
  const known = operations(now);

  async function ask<T>(wanted: Wanted, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await within(
        DEADLINE_MS,
        () => azureLate(DEADLINE_MS),
        () => work(clientOf(subscription)),
      );
    } catch (thrown) {
      throw azureError(thrown, part, wanted);
    }
  }
  const begin = (what: What, wanted: Wanted, send: (client: Client) => Begun) =>
    ask(wanted, (client) => known.begin(what, send(client)));
  const run = (script: Script) => {
    const input = { commandId: "RunShellScript", script: scriptOf(script, service) };
    return begin(script === "start" ? "start-service" : "status", "run-command", (client) =>
      client.virtualMachines.runCommand(group, name, input),
    );
  };

  return {
    async power() {
      const view = await ask("power", (client) => client.virtualMachines.instanceView(group, name));
      const power = powerIn(view);
      // The machine's own word is what counts; how our operation stands only explains it.
      await ask("power", () => known.settle()).catch(() => undefined);
      const starts = known.running() === "start" || known.running() === "restart";
      return starts && power !== "running" ? "starting" : power;
    },
    start: () => begin("start", "start", (client) => client.virtualMachines.start(group, name)),
    restart: () => begin("restart", "restart", (client) => client.virtualMachines.restart(group, name)),
    async service() {
      await ask("run-command", () => known.settle());
      const running = known.running();
      if (running !== undefined) return { underWay: sentences[running](part, service) };
      const failed = known.takeFailed();
      if (failed !== undefined) throw didNotRun(part, failed);
      const messages = known.fresh();
      if (messages !== undefined) return stateIn(messages, part, service);
      return await beginAsking(run, part, service);
    },
    startService: () => run("start"),
    trouble: () => known.trouble(),
  };
}

async function beginAsking(
  run: (script: Script) => Promise<void>,
  part: string,
  service: string,
): Promise<ServiceState | UnderWay> {
  try {
    await run("status");
  } catch (thrown) {
    // One at a time: what runs there now is somebody else's, or ours from before we were restarted.
    if (!(thrown instanceof RecoveryError) || thrown.code !== "MACHINE_BUSY") throw thrown;
    return { underWay: `Another command runs on ${part}'s machine: ${textOf(thrown, 160)}` };
  }
  return { underWay: sentences.status(part, service) };
}

const sentences: Record<What, (part: string, service: string) => string> = {
  start: (part) => `${part}'s machine is being started.`,
  restart: (part) => `${part}'s machine is being restarted.`,
  status: (part, service) => `${part}'s machine is being asked about ${service}, which takes a while.`,
  "start-service": (part, service) => `${service} is being started on ${part}'s machine.`,
};

function didNotRun(part: string, says: string): RecoveryError {
  return new RecoveryError(
    "MACHINE_REFUSED",
    `A command could not be run on ${part}'s machine: ${says}.`,
    "The machine's agent may be dead or without a network. Look at the machine in Azure.",
  );
}

const words: Record<string, PowerState> = {
  "PowerState/running": "running",
  "PowerState/starting": "starting",
  "PowerState/stopping": "stopping",
  "PowerState/stopped": "stopped",
  "PowerState/deallocating": "deallocated",
  "PowerState/deallocated": "deallocated",
};

function powerIn(view: Compute.VirtualMachineInstanceView): PowerState {
  const code = (view.statuses ?? [])
    .map((one) => one.code ?? "")
    .find((one) => one.startsWith("PowerState/"));
  return words[code ?? ""] ?? "unknown";
}
