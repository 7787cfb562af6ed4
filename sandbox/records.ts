import { createHash } from "node:crypto";
import { textOfValue } from "../shared/plan";
import type { Log } from "./log";
import type { EffectBy, TrueRecord } from "./types";
import type { RecordFields } from "./zone";

/** The zone's records. Every change is an effect in the log. */
export type Records = {
  all(): TrueRecord[];
  times(id: string): { createdAt: string; modifiedAt: string };
  write(id: string, fields: RecordFields, by: EffectBy): TrueRecord;
  add(fields: RecordFields, by: EffectBy): TrueRecord;
  remove(id: string, by: EffectBy): void;
  /** As new, or as saved; not an effect. */
  replace(records: TrueRecord[]): void;
};

export function keepRecords(initial: TrueRecord[], log: Log, now: () => string): Records {
  let kept = initial;
  const createdAt = now();
  const modifiedAt = new Map<string, string>();
  let made = 0;

  /** Puts `after` in the place of the record with this id; undefined takes it away. */
  function change(id: string, after: TrueRecord | undefined, by: EffectBy): void {
    const before = kept.find((one) => one.id === id);
    const resource = `dns/${(after ?? before)?.name ?? ""}/${id}`;
    log.write({ by, kind: "dns-record", resource, old: textOf(before), new: textOf(after) }, () => {
      if (after === undefined) kept = kept.filter((one) => one.id !== id);
      else if (before === undefined) kept = [...kept, after];
      else kept = kept.map((one) => (one.id === id ? after : one));
      modifiedAt.set(id, now());
    });
  }

  return {
    all: () => kept,
    times: (id) => ({ createdAt, modifiedAt: modifiedAt.get(id) ?? createdAt }),
    write(id, fields, by) {
      const after = { id, ...fields };
      change(id, after, by);
      return after;
    },
    add(fields, by) {
      made += 1;
      const seed = `${fields.name}/${fields.type}/${fields.content}/${made}`;
      const after = { id: createHash("sha256").update(seed).digest("hex").slice(0, 32), ...fields };
      change(after.id, after, by);
      return after;
    },
    remove: (id, by) => change(id, undefined, by),
    replace(records) {
      kept = records;
      modifiedAt.clear();
    },
  };
}

function textOf(record: TrueRecord | undefined): string {
  return record === undefined ? "no record" : textOfValue(record);
}
