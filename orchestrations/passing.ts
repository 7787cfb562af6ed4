/** Refusals that pass by themselves: somebody holds the system, or stopped everything. What is in force stays so meanwhile. */
export const PASSES: ReadonlySet<string> = new Set(["STOPPED", "HELD"]);
