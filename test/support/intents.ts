import type { MemoryCompany } from "../../sandbox/memory";
import type { Effect } from "../../sandbox/types";
import type { EffectLine } from "../../shared/incident";
import type { Ledger } from "../../shared/ledger/port";

/** Remembers, for every write that reaches the company, what the ledger already held as intended then. */
export type Intents = {
  ledger: Ledger;
  /** The changes of ours that no row of the ledger had announced when they were made (I-38). */
  unannounced(): Effect[];
};

export function watchIntents(ledger: Ledger, company: MemoryCompany): Intents {
  const intended: string[] = [];
  const knownAtWrite: number[] = [];
  company.beforeWrite = () => void knownAtWrite.push(intended.length);
  return {
    ledger: {
      ...ledger,
      async commit(partition, writes) {
        const done = await ledger.commit(partition, writes);
        if (done !== "committed") return done;
        for (const write of writes) {
          if (!("put" in write) || !write.put.startsWith("effect/")) continue;
          const line = write.value as EffectLine;
          if (line.outcome === "intended") intended.push(textOf(line));
        }
        return done;
      },
    },
    unannounced: () =>
      company
        .effects()
        .filter((effect) => effect.by !== "somebody")
        .filter((effect, at) => effect.old !== effect.new && !announced(effect, knownAtWrite[at] ?? 0)),
  };

  function announced(effect: Effect, known: number): boolean {
    return intended.slice(0, known).includes(textOf(effect));
  }
}

function textOf({ resource, old, new: wanted }: { resource: string; old: string; new: string }): string {
  return `${resource} ${old} -> ${wanted}`;
}
