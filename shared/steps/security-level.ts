import { refuse, type Refusal } from "../errors";
import type { Change } from "../plan";
import { throughApi } from "./control-plane";
import type { Resolved, Resolving, StepOf } from "./resolving";

/** The zone's security level. It helps only where customers go through the proxy. */
export async function resolveSecurityLevel(
  { to }: StepOf<"setSecurityLevel">,
  { seen, world }: Resolving,
): Promise<Resolved | Refusal> {
  const old = await throughApi({ seen, world }, () => world.zone.securityLevel());
  if (typeof old !== "string") return old;
  const { service, cloudflare } = world.estate;
  if (!(seen.records ?? []).some((one) => one.proxied))
    return refuse(
      "NOT_PROXIED",
      `${service.hostname} does not go through CloudFlare's proxy, which could stop nobody.`,
      "Put it behind the proxy first, if the attack allows it.",
    );
  if (old === to)
    return refuse(
      "ALREADY_SO",
      `The security level of ${cloudflare.zone.name} is ${to} already.`,
      "It does not stop this attack: people must look at CloudFlare's analytics, and at who reaches the origin past the edge.",
    );
  const change: Change = { do: "setSecurityLevel", zone: cloudflare.zone.id, old, new: to };
  return { changes: [{ change, undo: { ...change, old: to, new: old } }] };
}
