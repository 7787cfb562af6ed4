import type { Estate } from "../shared/estate";
import type { Finding } from "../shared/finding";
import { conditionsOf, wellCondition, type Condition, type Damage } from "./condition";
import { canHappen } from "./fault/certificate";
import { allFaults, chosenFault, harmOf } from "./faults";
import { mainServer, partsOf } from "./parts";
import { SandboxRefusal } from "./refusal";
import type { Records } from "./records";
import type { FaultView, TrueRecord } from "./types";
import type { RecordFields } from "./zone";

/** `undo`: what the fault did to a record, to be put back when it is healed. */
export type ActiveFault = {
  name: Finding;
  way: string;
  undo?: { id: string; harmed: RecordFields; before: RecordFields };
  /** Parts whose machine or service somebody has started since: there the fault is over. */
  started?: string[];
};

/** What is broken now: the active faults and the parts that are cut off. */
export type Breakage = {
  condition(part: string): Condition;
  faults(): FaultView[];
  active(): ActiveFault[];
  cuts(): string[];
  break(fault: string, way?: string): void;
  heal(fault: string): void;
  cut(part: string): void;
  mend(part: string): void;
  /** The part's machine, or its service, was started: what had stopped it is over. */
  start(part: string): void;
  replace(active: ActiveFault[], cuts: string[]): void;
};

export function keepBreakage(estate: Estate, records: Records, changed: () => void): Breakage {
  let active: ActiveFault[] = [];
  const cuts = new Set<string>();
  let conditions = conditionsOf(estate, [], cuts);

  function settle(): void {
    const damages = active.flatMap((one) => damagesOf(estate, one));
    conditions = conditionsOf(estate, damages, cuts);
    changed();
  }

  function heal(fault: string): void {
    const { name } = chosenFault(fault);
    const healed = active.find((one) => one.name === name);
    if (healed === undefined) return;
    active = active.filter((one) => one.name !== name);
    if (healed.undo !== undefined) undoRecord(records, healed.undo);
    settle();
  }

  return {
    condition: (part) => conditions.get(part) ?? wellCondition,
    faults: () =>
      allFaults()
        .filter((one) => canHappen(estate, one.name))
        .map((one) => {
          const now = active.find((fault) => fault.name === one.name);
          return {
            name: one.name,
            system: one.system,
            active: now !== undefined,
            way: now?.way ?? null,
            ways: one.ways,
          };
        }),
    active: () => active,
    cuts: () => [...cuts],
    break(fault, way) {
      const chosen = chosenFault(fault, way);
      if (!canHappen(estate, chosen.name)) {
        const hint = "Its customers speak no TLS: set service.tls.";
        throw new SandboxRefusal({ what: "it has no certificate", where: "fault", value: fault, hint });
      }
      heal(chosen.name);
      const undo = harmRecord(estate, records, harmOf(estate, chosen.name, chosen.way).record);
      active = [...active, { ...chosen, ...(undo === undefined ? {} : { undo }) }];
      settle();
    },
    heal,
    cut(part) {
      cuts.add(knownPart(estate, part));
      settle();
    },
    mend(part) {
      cuts.delete(knownPart(estate, part));
      settle();
    },
    start(part) {
      active = active
        .map((one) => ({ ...one, started: [...new Set([...(one.started ?? []), part])] }))
        .filter((one) => one.undo !== undefined || damagesOf(estate, one).length > 0);
      settle();
    },
    replace(saved, savedCuts) {
      // A way that an older version knew breaks nothing any more, and must not be shown as broken.
      active = saved.filter(({ name, way }) =>
        allFaults().some((one) => one.name === name && one.ways.includes(way)),
      );
      cuts.clear();
      for (const part of savedCuts) cuts.add(part);
      settle();
    },
  };
}

/** What the fault still does. A start ends what had stopped; what can't be started stays as it is. */
function damagesOf(estate: Estate, { name, way, started = [] }: ActiveFault): Damage[] {
  return harmOf(estate, name, way).damages.filter(
    (one) =>
      !started.includes(one.part) || !("machine" in one || ("service" in one && one.service !== "broken")),
  );
}

function harmRecord(
  estate: Estate,
  records: Records,
  harm: Partial<RecordFields> | undefined,
): ActiveFault["undo"] {
  const record = serviceRecord(estate, records.all());
  if (harm === undefined || record === undefined) return undefined;
  const { id, ...before } = record;
  const harmed = { ...before, ...harm };
  records.write(id, harmed, "somebody");
  return { id, harmed, before };
}

/** Puts back what the fault changed, unless somebody has changed it since: that is not the fault's any more. */
function undoRecord(records: Records, undo: NonNullable<ActiveFault["undo"]>): void {
  const now = records.all().find((one) => one.id === undo.id);
  if (now?.content === undo.harmed.content) records.write(undo.id, undo.before, "somebody");
}

export function serviceRecord(estate: Estate, records: TrueRecord[]): TrueRecord | undefined {
  return records.find((one) => one.name === estate.service.hostname);
}

function knownPart(estate: Estate, part: string): string {
  const names = partsOf(estate).map((one) => one.name);
  if (names.includes(part)) return part;
  throw new SandboxRefusal({
    what: "no such part",
    where: "part",
    value: part,
    hint: `Use one of: ${names.join(", ")}.`,
  });
}

/** The name of a server of the estate, checked. */
export function knownServer(estate: Estate, name: string): string {
  if (estate.servers.some((one) => one.name === name)) return name;
  const hint = `Use one of: ${estate.servers.map((one) => one.name).join(", ")}, such as ${mainServer(estate).name}.`;
  throw new SandboxRefusal({ what: "no such server", where: "server", value: name, hint });
}
