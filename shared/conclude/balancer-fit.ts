import { servesTls } from "../certificate";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { faultAt } from "./certificate";
import { fitToServe } from "./sick-server";
import { verdict } from "./votes";

/**
 * Can customers be led to this balancer now? That it answers is not enough, because it also answers 503
 * with no server behind it: by its own view one must be up, and that one must serve as the vantages see
 * it. A record changes an address only, so it must listen where the service does.
 */
export function balancerFit(look: Look, estate: Estate, name: string): boolean {
  const balancer = estate.balancers.find((one) => one.name === name);
  if (balancer === undefined || balancer.port !== estate.service.port) return false;
  if (verdict(look, { kind: "balancer", name }) !== "healthy") return false;
  // It answers, and customers led to it would get a warning of their browsers instead.
  if (servesTls(estate) && faultAt(look, estate, name) !== undefined) return false;
  const servers = look.views.find((one) => one.balancer === name)?.servers ?? [];
  return servers.some((one) => one.status.startsWith("UP") && fitToServe(look, one.name));
}
