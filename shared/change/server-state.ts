import { fitToServe, servesCustomers } from "../conclude/sick-server";
import { refuse } from "../errors";
import { adminStateOf, othersUp } from "../server-state";
import type { ChangeKind, ChangeOf } from "./kind";

/** A server's administrative state in one load balancer. */
export const serverState: ChangeKind<ChangeOf<"setServerState">> = {
  async read({ balancer, server }, world) {
    const servers = await world.balancer(balancer).servers();
    const state = servers.find((one) => one.name === server);
    return state === undefined ? undefined : adminStateOf(state);
  },

  async write({ balancer, server, new: state }, world) {
    await world.balancer(balancer).setState(server, state);
  },

  unsafe(change, seen) {
    const { balancer, server } = change;
    if (change.new === "ready") {
      if (servesCustomers(seen, server)) return undefined;
      return refuse("TARGET_NOT_HEALTHY", `${server} is not healthy now.`, "It stays out until it is.");
    }
    const others = othersUp(seen, balancer, server).filter((name) => fitToServe(seen, name));
    if (others.length > 0) return undefined;
    const says = `${server} is the last server of ${balancer} that could serve.`;
    return refuse("LAST_HEALTHY_SERVER", says, "Bring another one up first.");
  },
};
