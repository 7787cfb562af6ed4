import { balancerFit } from "../conclude/balancer-fit";
import { fitToServe } from "../conclude/sick-server";
import { refuse } from "../errors";
import type { ChangeKind, ChangeOf } from "./kind";

/** Where a DNS record leads, and whether through the proxy. Changed in place, never removed (I-22). */
export const pointRecord: ChangeKind<ChangeOf<"pointRecord">> = {
  async read({ hostname, record: id }, world) {
    const record = (await world.records.read(hostname)).find((one) => one.id === id);
    if (record === undefined) return undefined;
    const { type, content, proxied, ttl } = record;
    return { type, content, proxied, ttl };
  },

  async write({ record, hostname, new: value }, world) {
    await world.records.update({ id: record, name: hostname, ...value });
  },

  unsafe({ to, new: value }, seen, estate) {
    const isServer = estate.servers.some((one) => one.name === to);
    const fit = isServer ? fitToServe(seen, to) : balancerFit(seen, estate, to);
    if (fit && value.content !== "") return undefined;
    const says = `${to} is not healthy now, as the vantages see it.`;
    return refuse("TARGET_NOT_HEALTHY", says, "Customers are not led to it.");
  },
};
