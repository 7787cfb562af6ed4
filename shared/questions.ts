import { servesTls } from "./certificate";
import type { Estate } from "./estate";
import { nameServerQuestions } from "./name-servers";
import { subjectText, type Observation, type Subject } from "./observation";
import type { Probe, ProbeResult } from "./probe";

/** What each vantage is asked, from the estate alone: an alert can never name a target (S-12). */
export function questions(estate: Estate): { of: Subject; probe: Probe }[] {
  const { hostname, port, healthPath, customerPath } = estate.service;
  const dns = estate.dns.servers;
  const tls = servesTls(estate);
  const byTls = (spoken: boolean) => (spoken ? { tls: true as const } : {});
  const direct = (
    of: Subject,
    part: { address: string; port: number },
    path: string,
    { name = hostname, spoken = tls }: { name?: string; spoken?: boolean } = {},
  ) => ({
    of,
    probe: {
      id: subjectText(of),
      kind: "direct",
      address: part.address,
      port: part.port,
      hostname: name,
      path,
      ...byTls(spoken),
    } satisfies Probe,
  });
  const edge = estate.cloudflare.edge;
  const glass = estate.service.breakGlass;
  return [
    {
      of: { kind: "customers" },
      probe: { id: "customers", kind: "customer", hostname, port, path: customerPath, ...byTls(tls), dns },
    },
    ...nameServerQuestions(estate),
    ...(glass === undefined ? [] : [breakGlassQuestion(glass, customerPath, tls)]),
    ...(edge === undefined ? [] : [direct({ kind: "edge" }, edge, healthPath)]),
    ...(edge?.canary === undefined
      ? []
      : [direct({ kind: "edge-canary" }, edge, healthPath, { name: edge.canary })]),
    ...estate.balancers.map((one) => direct({ kind: "balancer", name: one.name }, one, healthPath)),
    ...estate.servers.flatMap((one) => {
      // A server that listens where the service does is where customers may be led: it is asked as they would.
      const spoken = tls && one.port === port;
      return [
        direct({ kind: "server-health", name: one.name }, one, healthPath, { spoken }),
        direct({ kind: "server-customers", name: one.name }, one, customerPath, { spoken }),
      ];
    }),
  ];
}

type BreakGlass = NonNullable<Estate["service"]["breakGlass"]>;

function breakGlassQuestion({ hostname, port, servers }: BreakGlass, path: string, tls: boolean) {
  const of = { kind: "break-glass" } as const;
  const spoken = tls || port === 443 ? { tls: true as const } : {};
  const probe: Probe = {
    id: subjectText(of),
    kind: "customer",
    hostname,
    port,
    path,
    ...spoken,
    dns: servers,
  };
  return { of, probe };
}

export function interpret(by: string, of: Subject, result: ProbeResult | undefined): Observation {
  if (result === undefined) return { by, of, saw: "unknown", says: "the vantage gave no answer to this" };
  if (result.kind === "refused")
    return { by, of, saw: "unknown", says: `not looked at: ${result.reason}`.slice(0, 120) };
  if (result.kind === "failed") return { by, of, saw: "down", says: result.reason.slice(0, 80) };
  if (result.kind === "resolved") {
    const found = result.addresses.length > 0;
    return {
      by,
      of,
      saw: found ? "healthy" : "down",
      says: found ? `resolves to ${result.addresses.join(", ").slice(0, 80)}` : "no address",
      answer: { addresses: result.addresses, ...(result.ttl === undefined ? {} : { ttl: result.ttl }) },
    };
  }
  const server = result.by === undefined ? "" : ` (${result.by})`;
  return {
    by,
    of,
    saw: isAlive(of, result.status) ? "healthy" : "down",
    says: `answered ${result.status}${server}`,
    ...(result.certificate === undefined ? {} : { certificate: result.certificate }),
    status: result.status,
  };
}

/** A balancer that answers at all is alive: what it answers is the business of what lies behind it. So is an edge that says 52x of its origin. */
function isAlive(of: Subject, status: number): boolean {
  if (of.kind === "balancer") return true;
  if (of.kind === "edge" || of.kind === "edge-canary")
    return status < 500 || (status >= 520 && status <= 526);
  return status >= 200 && status < 300;
}
