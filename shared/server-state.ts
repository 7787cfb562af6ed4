import type { Look, ServerState } from "./observation";
import type { AdminState } from "./world";

/** HAProxy's status word as the administrative state we can set: MAINT and DRAIN are somebody's will, the rest is `ready`. */
export function adminStateOf(state: ServerState): AdminState {
  if (state.status.startsWith("MAINT")) return "maint";
  return state.status.startsWith("DRAIN") ? "drain" : "ready";
}

/** Is there another server that customers are sent to and that serves them, as HAProxy sees it? */
export function othersUp(look: Look, balancer: string, except: string): string[] {
  const view = look.views.find((one) => one.balancer === balancer);
  return (view?.servers ?? [])
    .filter((one) => one.name !== except && one.status.startsWith("UP"))
    .map((one) => one.name);
}
