import type { Instant } from "../time";
import type { World } from "../world";
import { change } from "./change";

const AUDIT = "audit";

export type AuditEntry = {
  seq: number;
  at: Instant;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  prev: string;
  hash: string;
};

type Head = { seq: number; hash: string };

/**
 * Appends to the hash chain: each entry's hash covers the one before, so a change or a gap shows.
 * It proves tampering, not that everything was written down.
 */
export async function audit(
  world: World,
  entry: { actor: string; action: string; subject: string; detail: string },
): Promise<void> {
  await change<Head, void>(world.ledger, { partition: AUDIT, key: "head" }, (head) => {
    const linked = { ...entry, seq: (head?.seq ?? 0) + 1, at: world.clock.now(), prev: head?.hash ?? "" };
    const hash = world.digest(linked);
    return {
      answer: undefined,
      put: { seq: linked.seq, hash },
      also: [
        { put: `entry/${String(linked.seq).padStart(10, "0")}`, value: { ...linked, hash }, ifVersion: null },
      ],
    };
  });
}

/** The number of the first entry that breaks the chain, or undefined when it holds. */
export async function firstBrokenLink(world: World): Promise<number | undefined> {
  let prev = "";
  let seq = 0;
  for (;;) {
    const after = `entry/${String(seq).padStart(10, "0")}`;
    const page = await world.ledger.list<AuditEntry>(AUDIT, { prefix: "entry/", after, limit: 100 });
    for (const { value } of page) {
      const { hash, ...linked } = value;
      seq += 1;
      if (value.seq !== seq || value.prev !== prev || world.digest(linked) !== hash) return seq;
      prev = hash;
    }
    if (page.length < 100) return undefined;
  }
}
