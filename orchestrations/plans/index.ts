import type { Finding } from "../../shared/finding";
import type { RecoveryPlan } from "../../shared/recovery-plan";
import { bypassDeadBalancer } from "./bypass-dead-balancer";
import { drainSickServer } from "./drain-sick-server";
import { raiseSecurityLevel } from "./raise-security-level";
import { restoreRecords } from "./restore-records";
import { unproxyRecords } from "./unproxy-records";
import { startBalancer } from "./start-balancer";
import { startServer } from "./start-server";
import { startServers } from "./start-servers";

/** Every finding's answer: a plan, or the sentence why nobody acts. The compiler asks for each. */
export const answers: Record<Finding, RecoveryPlan | { nobody: string }> = {
  "dns-unanswered": {
    nobody:
      "A person must look at the name servers: changing records does not help while nobody can ask for them. Give the break-glass name, under another domain and provider, to those who can use it; moving the delegation at the registrar takes a day or two.",
  },
  "dns-wrong-records": restoreRecords,
  "edge-down": unproxyRecords,
  "edge-and-api-down": {
    nobody:
      "CloudFlare's network and its API fail together, so nothing there can be changed. Most such outages end within hours: wait, and give the break-glass name to those who can use it.",
  },
  "cloudflare-api-down": {
    nobody:
      "Customers are served. Until the API is back nothing at CloudFlare is touched, and what would need it is refused: postpone releases that change DNS or purge the cache.",
  },
  "edge-cannot-reach-origin": {
    nobody:
      "Check the firewall's list of CloudFlare's addresses and the origin's certificate first: mending either is faster than a bypass and exposes nothing. If neither can be mended, a person may start the plan unproxyRecords.",
  },
  "under-attack": raiseSecurityLevel,
  "balancer-process-down": startBalancer,
  "balancer-misconfigured": {
    nobody:
      "HAProxy serves the configuration it was given, and its Runtime API can't give it another: a person puts the last file that worked back, checks it with haproxy -c, and reloads.",
  },
  "balancer-host-down": bypassDeadBalancer,
  "balancer-saturated": {
    nobody:
      "Moving the load to an equally small machine would not help: a person raises maxconn as far as memory allows, ends the connections of whoever holds them, or adds a balancer.",
  },
  "certificate-expired": {
    nobody:
      "Only the company has the new certificate: a person puts it, with its chain and key, into the file that the balancer's bind line names after crt, and reloads. No bypass helps: customers would meet the same certificate.",
  },
  "api-server-down": startServer,
  "api-server-sick": drainSickServer,
  "all-api-servers-down": startServers,
  "bad-release": { nobody: "The release system must roll back." },
  "database-unreachable-from-here": { nobody: "Only we can't see it; its users can." },
  "database-overloaded": { nobody: "A failover would move the load along." },
  "database-restarting": { nobody: "Wait: it comes back by itself." },
  "database-region-down": { nobody: "No plan moves the database yet: two people must decide." },
  "database-corrupt": {
    nobody: "Never fail over: it replicates the corruption. A person chooses the time to restore to.",
  },
  "database-dropped": { nobody: "A person must restore it." },
  "storage-throttled": { nobody: "Moving would not lower the load." },
  "storage-refuses-credentials": { nobody: "The keys are wrong, not the storage." },
  "storage-down": { nobody: "No plan moves storage yet: a person must decide." },
  "storage-data-damaged": { nobody: "A failover replicates the damage." },
  "worker-dead": { nobody: "A person must restart the worker." },
  "worker-stuck": { nobody: "A person must look at the worker." },
  "poison-message": { nobody: "A person must look at the message." },
  "backlog-growing": { nobody: "A person must add workers." },
  "workers-starved": { nobody: "Their dependency is what is down." },
  "observers-suspect": {
    nobody: "When everything is red at once, or nobody can see, the observers are suspect; nothing is done.",
  },
  unclear: { nobody: "The evidence does not single out one part; a person must classify it." },
  healthy: { nobody: "Customers are served." },
};

export const plans: RecoveryPlan[] = Object.values(answers).filter(
  (answer): answer is RecoveryPlan => "steps" in answer,
);

/** The plan that answers the finding; of a repair that was tried already, the one after it. */
export function planFor(finding: Finding, tried: ReadonlySet<string>): RecoveryPlan | undefined {
  const answer = answers[finding];
  if (!("steps" in answer)) return undefined;
  return tried.has(answer.name) && answer.otherwise !== undefined ? planNamed(answer.otherwise) : answer;
}

export function planNamed(name: string): RecoveryPlan | undefined {
  return plans.find((plan) => plan.name === name);
}

export function whyNobodyActs(finding: Finding): string {
  const answer = answers[finding];
  return "nobody" in answer ? answer.nobody : "";
}
