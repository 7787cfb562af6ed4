import { servesTls } from "../shared/certificate";
import type { Balancer, Estate, Server } from "../shared/estate";
import { authoritativeOf, resolversOf } from "../shared/name-servers";
import { SandboxRefusal } from "./refusal";

export type PartKind =
  | "azure"
  | "cloudflare-api"
  | "dns"
  | "resolver"
  | "edge"
  | "balancer"
  | "server"
  | "vantage"
  | "phones"
  | "attackers";

/** A part of the company: what can break or be cut off, under its name in the estate. */
export type Part = { name: string; kind: PartKind; endpoints: Endpoint[] };
export type Endpoint = { address: string; port: number };

export function partsOf(estate: Estate): Part[] {
  const parts: Part[] = [
    { name: "cloudflare-api", kind: "cloudflare-api", endpoints: [endpointOf(estate.cloudflare.api)] },
    { name: "dns", kind: "dns", endpoints: authoritativeOf(estate) },
    ...resolversOf(estate).map(
      (one, index): Part => ({ name: resolverName(index), kind: "resolver", endpoints: [one] }),
    ),
    ...breakGlassParts(estate),
    { name: "edge", kind: "edge", endpoints: [edgeOf(estate)] },
    ...estate.balancers.map(
      (one): Part => ({ name: one.name, kind: "balancer", endpoints: balancerEndpoints(one) }),
    ),
    ...estate.servers.map((one): Part => ({ name: one.name, kind: "server", endpoints: [one] })),
    ...estate.vantages.map(
      (one): Part => ({ name: one.name, kind: "vantage", endpoints: [endpointOf(one.url)] }),
    ),
    ...(estate.azure === undefined
      ? []
      : [{ name: "azure", kind: "azure", endpoints: [endpointOf(estate.azure.endpoint)] } satisfies Part]),
    { name: "phones", kind: "phones", endpoints: [] },
    { name: "attackers", kind: "attackers", endpoints: [] },
  ];
  const inTheWay = servesTls(estate) && estate.servers.find((one) => one.port === estate.service.port);
  if (inTheWay) {
    throw new SandboxRefusal({
      what: "the sandbox's servers speak no TLS",
      where: `${inTheWay.name}'s port`,
      value: String(inTheWay.port),
      hint: "Give the servers another port than service.port; customers are not led past the balancers then.",
    });
  }
  for (const [index, part] of parts.entries()) {
    if (parts.findIndex((one) => one.name === part.name) === index) continue;
    throw new SandboxRefusal({
      what: "two parts of the company have the same name",
      where: "the estate",
      value: part.name,
      hint: "Give each balancer, server and vantage a name of its own; dns, edge, phones, attackers, azure, cloudflare-api and resolver-1, resolver-2, … are taken.",
    });
  }
  return parts;
}

/** The name servers of the other provider, which has the break-glass name. */
export const BREAK_GLASS_DNS = "break-glass-dns";

function breakGlassParts({ service }: Estate): Part[] {
  const { breakGlass } = service;
  return breakGlass === undefined
    ? []
    : [{ name: BREAK_GLASS_DNS, kind: "dns", endpoints: breakGlass.servers }];
}

export function edgeOf(estate: Estate): Endpoint {
  if (estate.cloudflare.edge !== undefined) return estate.cloudflare.edge;
  throw new SandboxRefusal({
    what: "the sandbox has nowhere to put the edge",
    where: "cloudflare.edge",
    value: "nothing",
    hint: "Give an address and a port, such as { address: 127.77.0.10, port: 8080 }.",
  });
}

/** Where the records lead when nothing is wrong: the first balancer that is not a standby. */
export function firstBalancer(estate: Estate): Balancer {
  const first = estate.balancers.find((one) => !one.standby) ?? estate.balancers[0];
  if (first === undefined)
    throw new SandboxRefusal({ what: "no balancer", where: "balancers", value: "[]", hint: "Name one." });
  return first;
}

/** The server that customers get as long as nothing is wrong. */
export function mainServer(estate: Estate): Server {
  const main = estate.servers.find((one) => one.role === "main") ?? estate.servers[0];
  if (main === undefined)
    throw new SandboxRefusal({ what: "no API server", where: "servers", value: "[]", hint: "Name one." });
  return main;
}

/** An address beside the first balancer's where nobody lives. */
export function deadAddress(estate: Estate): string {
  return freeAddress(estate, 0);
}

/** The address of somebody outside the company, who answers. */
export function strangerAddress(estate: Estate): string {
  return freeAddress(estate, 1);
}

/** The nth address, from the end, of the first balancer's network that no part has. */
function freeAddress(estate: Estate, nth: number): string {
  const taken = new Set(partsOf(estate).flatMap((part) => part.endpoints.map((one) => one.address)));
  const network = firstBalancer(estate).address.split(".").slice(0, 3).join(".");
  const free = Array.from({ length: 254 }, (_, index) => `${network}.${254 - index}`).filter(
    (one) => !taken.has(one),
  );
  const found = free[nth];
  if (found !== undefined) return found;
  throw new SandboxRefusal({
    what: "no free address",
    where: "balancers[0].address",
    value: network,
    hint: "Use an IPv4 address with room beside it.",
  });
}

export function resolverName(index: number): string {
  return `resolver-${index + 1}`;
}

export function endpointOf(url: string): Endpoint {
  const { hostname, port, protocol } = new URL(url);
  return {
    address: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "https:" ? 443 : 80),
  };
}

function balancerEndpoints(balancer: Balancer): Endpoint[] {
  const service = { address: balancer.address, port: balancer.port };
  return balancer.runtimeApi.startsWith("unix:")
    ? [service]
    : [service, endpointOf(balancer.runtimeApi.replace(/^t(cp|ls):/, "http:"))];
}

export function endpointKey({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
