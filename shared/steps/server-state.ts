import { viewOf } from "../conclude/sick-server";
import { refuse, type Refusal } from "../errors";
import type { Change } from "../plan";
import { adminStateOf } from "../server-state";
import type { Resolved, Resolving, StepOf } from "./resolving";

/** The state of the server that the finding names, in the balancer that answers for it. */
export function resolveServerState(
  { to }: StepOf<"setServerState">,
  { target, seen }: Resolving,
): Resolved | Refusal {
  const found = viewOf(seen, target);
  if (found === undefined) {
    return refuse(
      "BALANCER_SILENT",
      `No balancer answers for ${target}.`,
      "Without its Runtime API nothing can be drained.",
    );
  }
  const old = adminStateOf(found.state);
  if (old === to)
    return refuse(
      "ALREADY_SO",
      `${target} is ${to} already; somebody else did that.`,
      "It is theirs to put back.",
    );
  const change: Change = { do: "setServerState", balancer: found.balancer, server: target, old, new: to };
  return { changes: [{ change, undo: { ...change, old: to, new: old } }] };
}
