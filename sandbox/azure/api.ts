import { vmAddress } from "../../shared/machine";
import type { Company } from "../company";
import type { EffectKind } from "../types";
import { parsedBody, type App, type WireAnswer, type WireRequest } from "../wire";
import { accepted, azureFailure, instanceView, operationAnswer, resultAnswer } from "./answers";
import { keepOperations, type Operation } from "./operations";
import { virtualMachines, type Hands, type VirtualMachine } from "./virtual-machines";

/** Azure Resource Manager, as much of it as starts virtual machines and runs a command on them. */
export type ResourceManager = {
  app: App;
  /** Once a second: ends what is due. */
  tick(): void;
  /** As new: nothing under way. */
  reset(): void;
};

export function resourceManager(company: Company, hands: Hands): ResourceManager {
  const { estate, secrets, breakage, clock } = company;
  const operations = keepOperations(clock);
  const machines = virtualMachines(estate);
  const endpoint = (estate.azure?.endpoint ?? "").replace(/\/+$/, "");

  function answer(request: WireRequest): WireAnswer {
    const { azure } = estate;
    if (breakage.condition("azure").behaves !== "well")
      return azureFailure(500, "InternalServerError", "Encountered internal server error.");
    if (azure?.token === undefined || request.headers["authorization"] !== `Bearer ${secrets(azure.token)}`)
      return azureFailure(
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
      );
    const url = new URL(request.url, "http://arm");
    if (url.searchParams.get("api-version") === null)
      return azureFailure(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required.",
      );
    operations.settle();
    return operationRoute(url.pathname, request.method) ?? machineRoute(url.pathname, request);
  }

  function operationRoute(path: string, method: string): WireAnswer | undefined {
    const [, base, kind, id = ""] = OPERATION.exec(path) ?? [];
    if (base === undefined || method !== "GET") return undefined;
    const operation = operations.find(id);
    if (operation === undefined)
      return azureFailure(404, "OperationNotFound", `The operation ${id} is not found.`);
    return kind === "operations" ? operationAnswer(operation) : resultAnswer(endpoint + base, operation);
  }

  function machineRoute(path: string, request: WireRequest): WireAnswer {
    const at = path.lastIndexOf("/");
    const id = path.slice(0, at).toLowerCase();
    const verb = `${request.method} ${path.slice(at + 1)}`;
    const machine = machines.find((one) => one.id.toLowerCase() === id);
    if (machine === undefined)
      return azureFailure(404, "ResourceNotFound", `The Resource '${path}' was not found.`);
    switch (verb) {
      case "GET instanceView":
        return instanceView(powerOf(machine.part));
      case "POST start":
        return begin(machine, "start");
      case "POST restart":
        return begin(machine, "restart");
      case "POST runCommand":
        return runCommand(machine, request);
      default:
        return azureFailure(404, "NotFound", `The sandbox's Azure doesn't know ${verb}.`);
    }
  }

  function powerOf(part: string): string {
    const power = hands.power(part);
    const under = operations.busyWith(part)?.what;
    return under === "start" && power !== "running" ? "starting" : power;
  }

  function begin(machine: VirtualMachine, what: "start" | "restart"): WireAnswer {
    const { part } = machine;
    const busy = refusedAsBusy(part);
    if (busy !== undefined) return busy;
    const change = { kind: "machine-power", resource: `machine/${part}`, old: hands.power(part) } as const;
    return written(machine, { ...change, new: "running" }, what, (done) => hands.start(part, done));
  }

  function runCommand(machine: VirtualMachine, request: WireRequest): WireAnswer {
    const { part, service } = machine;
    if (hands.power(part) !== "running") {
      const says = "The operation requires the VM to be running (or set to run).";
      return azureFailure(409, "OperationNotAllowed", says);
    }
    const busy = refusedAsBusy(part);
    if (busy !== undefined) return busy;
    const script = scriptIn(request);
    const print = () => `LoadState=loaded\nActiveState=${hands.service(part)}`;
    if (script === ask(service))
      return accepted(
        baseOf(machine),
        operations.begin(part, "runCommand", (done) => done(print())),
      );
    if (script !== `systemctl reset-failed ${service}\nsystemctl start ${service}\n${ask(service)}`)
      return azureFailure(400, "InvalidParameter", "The machines of the sandbox can run two scripts only.");
    const old = hands.service(part);
    const comesUp = breakage.condition(part).service === "broken" ? "failed" : "active";
    const change = { kind: "service-state", resource: `service/${part}/${service}`, old } as const;
    return written(machine, { ...change, new: comesUp }, "runCommand", (done) =>
      hands.start(part, () => done(print())),
    );
  }

  function written(
    machine: VirtualMachine,
    change: { kind: EffectKind; resource: string; old: string; new: string },
    what: Operation["what"],
    finish: Operation["finish"],
  ): WireAnswer {
    let operation: Operation | undefined;
    company.log.write({ by: "azure", ...change }, () => {
      operation = operations.begin(machine.part, what, finish);
    });
    return operation === undefined
      ? azureFailure(500, "InternalServerError", "Nothing was begun.")
      : accepted(baseOf(machine), operation);
  }

  function refusedAsBusy(part: string): WireAnswer | undefined {
    if (operations.busyWith(part) === undefined) return undefined;
    const says =
      "Run command extension execution is in progress. Please wait for completion before invoking a run command.";
    return azureFailure(409, "Conflict", says);
  }

  const baseOf = ({ id }: VirtualMachine) =>
    `${endpoint}/subscriptions/${vmAddress(id).subscription}/providers/Microsoft.Compute/locations/westeurope`;

  return {
    *app(request) {
      return answer(request);
    },
    tick: () => operations.settle(),
    reset: () => operations.forget(),
  };
}

const OPERATION =
  /^(\/subscriptions\/[^/]+\/providers\/Microsoft\.Compute\/locations\/[^/]+)\/(operations|operationResults)\/([^/]+)$/;

function ask(service: string): string {
  return `systemctl show --property=LoadState,ActiveState ${service}`;
}

function scriptIn({ body }: WireRequest): string | undefined {
  const value = parsedBody(body);
  if (typeof value !== "object" || value === null) return undefined;
  if (!("commandId" in value) || value.commandId !== "RunShellScript") return undefined;
  if (!("script" in value) || !Array.isArray(value.script)) return undefined;
  return value.script.map(String).join("\n");
}
