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
      also: [{ put: entryKey(linked.seq), value: { ...linked, hash }, ifVersion: null }],
    };
  });
}

/** How far the chain has been verified: that entry, and its hash. */
type Verified = { seq: number; hash: string };

const START: Verified = { seq: 0, hash: "" };

/** The number of the first entry that breaks the chain, or undefined when it holds from end to end. */
export async function firstBrokenLink(world: Pick<World, "ledger" | "digest">): Promise<number | undefined> {
  const read = await follow(world, START, Number.POSITIVE_INFINITY);
  if (read.broken !== undefined) return read.broken;
  const head = (await world.ledger.read<Head>(AUDIT, "head"))?.value ?? START;
  // Entries cut off at the end leave a head that nothing leads to.
  return head.seq === read.last.seq && head.hash === read.last.hash ? undefined : read.last.seq + 1;
}

const ENTRIES_A_TICK = 1_000;

/** The same, for what has come since the last call: each tick verifies a little, so that a gap is found soon. */
export async function verifyNewLinks(world: World): Promise<number | undefined> {
  const from = (await world.ledger.read<Verified>(AUDIT, "verified"))?.value ?? START;
  const { last, broken } = await follow(world, from, ENTRIES_A_TICK);
  if (broken === undefined && last.seq > from.seq)
    await world.ledger.commit(AUDIT, [{ put: "verified", value: last }]);
  return broken;
}

async function follow(
  world: Pick<World, "ledger" | "digest">,
  from: Verified,
  most: number,
): Promise<{ last: Verified; broken?: number }> {
  let last = from;
  for (let read = 0; read < most; ) {
    const page = await world.ledger.list<AuditEntry>(AUDIT, {
      prefix: "entry/",
      after: entryKey(last.seq),
      limit: 100,
    });
    for (const { value } of page) {
      const { hash, ...linked } = value;
      const broken = value.seq !== last.seq + 1 || value.prev !== last.hash || world.digest(linked) !== hash;
      if (broken) return { last, broken: last.seq + 1 };
      last = { seq: value.seq, hash };
    }
    read += page.length;
    if (page.length < 100) break;
  }
  return { last };
}

function entryKey(seq: number): string {
  return `entry/${String(seq).padStart(10, "0")}`;
}
