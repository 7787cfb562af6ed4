import { takenOut } from "../change/machine-of";
import { verdict } from "../conclude/votes";
import { isRefusal, refuse, textOf, type Refusal } from "../errors";
import { isUnderWay } from "../machine";
import type { Change } from "../plan";
import type { World } from "../world";
import type { Resolved, Resolving, StepOf } from "./resolving";

/** One part that stands still and can be started. `asks`: it may stand still because somebody wants it to. */
type Startable = { change: Change; asks?: string };

/**
 * What stands still of the parts, and is started. A part that runs already is not restarted: what it has is
 * not cured by a start. Refuses with what each part has when there is nothing to start.
 */
export async function resolveStart(
  step: StepOf<"start">,
  { target, seen, world }: Resolving,
): Promise<Resolved | Refusal> {
  const all = step.parts === "all-servers";
  const down = world.estate.servers
    .map((one) => one.name)
    .filter((name) => verdict(seen, { kind: "server-health", name }) === "down");
  const parts = all ? down : [target];
  const found = await Promise.all(
    parts.map(async (part) => takenOut(part, seen) ?? (await startable(part, world))),
  );
  const waiting = found.find((one) => isRefusal(one) && one.refused === "UNDER_WAY");
  if (waiting !== undefined && isRefusal(waiting)) return waiting;
  const starts = found.flatMap((one) => (isRefusal(one) ? [] : [one]));
  const refusals = found.flatMap((one) => (isRefusal(one) ? [one] : []));
  if (starts.length === 0) return nothingToStart(refusals, all);
  const asks = starts.flatMap((one) => (one.asks === undefined ? [] : [one.asks]));
  return {
    ...(asks.length === 0 ? {} : { asks: asks.join(" ") }),
    changes: starts.map(({ change }) => ({ change, undo: { none: "What runs is not switched off again." } })),
  };
}

async function startable(part: string, world: World): Promise<Startable | Refusal> {
  const { balancers, servers } = world.estate;
  const vm = [...balancers, ...servers].find((one) => one.name === part)?.vm;
  const machine = world.machine(part);
  if (vm === undefined || machine === undefined) {
    const says = `The configuration doesn't say which machine ${part} runs on.`;
    return refuse("NO_MACHINE", says, "A person must start it; with its vm in the configuration we could.");
  }
  try {
    const power = await machine.power();
    switch (power) {
      case "running": {
        const state = await machine.service();
        if (isUnderWay(state)) return refuse("UNDER_WAY", state.underWay, "Asked again in a moment.");
        return ofService(part, vm.service, state);
      }
      case "stopped":
        return {
          change: { do: "startMachine", part, old: power, new: "running" },
          asks: `${part}'s machine is stopped, and Azure doesn't say whether somebody wanted that.`,
        };
      case "starting":
        return refuse("UNDER_WAY", `${part}'s machine is starting.`, "Looked at again in a moment.");
      case "deallocated":
        return refuse(
          "STOPPED_ON_PURPOSE",
          `${part}'s machine is deallocated, which no failure does: somebody did that.`,
          "It is theirs to start.",
        );
      case "stopping":
      case "unknown":
        return refuse("MACHINE_SILENT", `Azure says of ${part}'s machine: ${power}.`, "Look at it in Azure.");
    }
  } catch (thrown) {
    const says = `Whether ${part} can be started is not known: ${textOf(thrown)}`;
    return refuse("MACHINE_SILENT", says, "Without Azure's control plane nothing is started.");
  }
}

function ofService(part: string, service: string, state: "active" | "inactive" | "failed") {
  if (state === "active") {
    const says = `${part}'s machine runs, and so does its ${service}; starting it would change nothing.`;
    return refuse("RUNS_ALREADY", says, "Suspect its network, or what it depends on.");
  }
  const change: Change = { do: "startService", part, service, old: state, new: "active" };
  if (state === "failed") return { change };
  return { change, asks: `${service} on ${part} was stopped cleanly, as somebody does who works on it.` };
}

function nothingToStart(refusals: Refusal[], all: boolean): Refusal {
  const [first] = refusals;
  if (first === undefined)
    return refuse("RUNS_ALREADY", "Every server passes its health check.", "Suspect what they depend on.");
  if (!all) return first;
  const says = refusals.map((one) => one.says).join(" ");
  if (refusals.every((one) => one.refused === "RUNS_ALREADY")) {
    const alike = `All servers run and fail alike: suspect what they depend on, and don't switch. ${says}`;
    return refuse("RUNS_ALREADY", alike, "Nothing was started.");
  }
  return refuse(first.refused, says, "A person must look at each.");
}
