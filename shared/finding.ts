/**
 * What can be wrong, as a closed list. A diagnosis names exactly one of these; the compiler makes
 * every finding have an answer (orchestrations/plans/index.ts): a plan, or a sentence why nobody acts.
 */
export const systems = [
  "dns",
  "cloudflare",
  "load-balancer",
  "api-servers",
  "database",
  "storage",
  "workers",
  "observers",
] as const;
export type System = (typeof systems)[number];

/** The system that each finding is about. Order inside a system: most specific first. */
export const systemOf = {
  "dns-unanswered": "dns",
  "dns-wrong-records": "dns",
  "edge-down": "cloudflare",
  "edge-and-api-down": "cloudflare",
  "cloudflare-api-down": "cloudflare",
  "edge-cannot-reach-origin": "cloudflare",
  "under-attack": "cloudflare",
  "balancer-process-down": "load-balancer",
  "balancer-misconfigured": "load-balancer",
  "balancer-host-down": "load-balancer",
  "balancer-saturated": "load-balancer",
  "certificate-expired": "load-balancer",
  "api-server-down": "api-servers",
  "api-server-sick": "api-servers",
  "all-api-servers-down": "api-servers",
  "bad-release": "api-servers",
  "database-unreachable-from-here": "database",
  "database-overloaded": "database",
  "database-restarting": "database",
  "database-region-down": "database",
  "database-corrupt": "database",
  "database-dropped": "database",
  "storage-throttled": "storage",
  "storage-refuses-credentials": "storage",
  "storage-down": "storage",
  "storage-data-damaged": "storage",
  "worker-dead": "workers",
  "worker-stuck": "workers",
  "poison-message": "workers",
  "backlog-growing": "workers",
  "workers-starved": "workers",
  "observers-suspect": "observers",
  unclear: "observers",
  healthy: "observers",
} as const satisfies Record<string, System>;

export type Finding = keyof typeof systemOf;

export function isFinding(text: string): text is Finding {
  return Object.hasOwn(systemOf, text);
}
