/** What a fault is, for somebody who sees the page for the first time; nothing for one that isn't listed here. */
export function meaning(fault: string): string {
  const meanings: Record<string, string> = {
    "balancer-host-down": "Nothing answers at the load balancer's address.",
    "balancer-misconfigured": "HAProxy runs with a configuration that leads customers nowhere.",
    "balancer-saturated": "Every connection that HAProxy takes is taken.",
    "certificate-expired": "The load balancer shows a certificate that no browser takes.",
    "api-server-sick": "The main server's health check says 200, but customers get errors or no answer.",
    "api-server-down": "The main server does not answer.",
    "all-api-servers-down": "There is nothing left to switch to.",
    "edge-down": "CloudFlare's network in front of the company fails.",
    "edge-and-api-down": "CloudFlare's network fails, and nothing can be changed there.",
    "edge-cannot-reach-origin": "CloudFlare's network is well, but can't reach the load balancer.",
    "under-attack": "Strangers ask for more than the company can answer.",
    "cloudflare-api-down": "Customers notice nothing, but DNS can't be changed.",
    "dns-unanswered": "Nobody can look up the name.",
    "dns-wrong-records": "Somebody pointed the name at an address outside the company.",
    healthy: "One of several resolvers fails. Customers ask another: nobody needs to act.",
    "observers-suspect": "All is well; only those who watch can't see it.",
    unclear: "The observers contradict each other.",
  };
  return Object.hasOwn(meanings, fault) ? (meanings[fault] ?? "") : "";
}
