import type { Look } from "../observation";
import type { Change } from "../plan";
import type { StepTemplate } from "../recovery-plan";
import type { World } from "../world";

/** What a step is resolved from: the part that the finding names, the look that named it, and the world as it is. */
export type Resolving = { target: string; seen: Look; world: World };

/**
 * A step's exact changes with the way back of each. `to` names the part that `{to}` stands for in the plan's
 * sentences; `asks` says why people decide on it, whatever is armed; `notes` are sentences that whoever decides should read with the evidence.
 */
export type Resolved = {
  to?: string;
  asks?: string;
  changes: { change: Change; undo: Change | { none: string } }[];
  notes?: string[];
};

export type StepOf<K extends StepTemplate["do"]> = Extract<StepTemplate, { do: K }>;
