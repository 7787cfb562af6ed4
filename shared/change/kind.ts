import type { Refusal } from "../errors";
import type { Estate } from "../estate";
import type { UnderWay } from "../machine";
import type { Look } from "../observation";
import type { Change } from "../plan";
import type { World } from "../world";

/** How one kind of change is read, written and judged. Each has a file of its own beside this one. */
export type ChangeKind<C extends Change> = {
  /** What the resource is now, read from where it lives. Undefined: it is gone. */
  read(change: C, world: World): Promise<C["new"] | UnderWay | undefined>;
  /** Sets the new value, whole. Says nothing of success: that is read back. */
  write(change: C, world: World): Promise<void>;
  /** Promise 6, asked right before the write: never towards what is not healthy now, never without a healthy server left. */
  unsafe(change: C, seen: Look, estate: Estate): Refusal | undefined;
  /** Of a kind whose writing only begins it, and takes longer than an activity may: why it did not come to be. */
  slow?: { trouble(change: C, world: World): string | undefined };
};

export type ChangeOf<K extends Change["do"]> = Extract<Change, { do: K }>;
