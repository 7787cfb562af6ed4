import { parseEstate } from "../../shared/config";
import type { Estate } from "../../shared/estate";

/** The shipped company, without the short windows that make it pleasant to watch: the figures are those of a real one. */
export function defaultWindows(shipped: { policy?: { windows?: object } }): Estate {
  const { windows: _short, ...policy } = shipped.policy ?? {};
  return parseEstate({ ...shipped, policy }, "switchover.yaml");
}
