import type { Probe, ProbeResult } from "../../shared/probe";
import { type Body, observe } from "./body";

/** What can be seen of the company from outside and inside, in a word each. */
export type Signs = Record<string, string>;

/** Everything as it is when nothing is wrong. */
export function wellSigns(body: Body): Signs {
  const signs: Signs = { "cloudflare-api": "200" };
  for (const { name } of body.estate.vantages) {
    for (const probe of probesOf(body))
      signs[`${name}: ${probe.id}`] =
        probe.kind === "dns" ? (body.estate.cloudflare.edge?.address ?? "") : "200";
  }
  for (const balancer of body.estate.balancers) {
    for (const server of body.estate.servers) signs[`${balancer.name} says ${server.name}`] = "UP";
  }
  return signs;
}

export async function signsNow(body: Body): Promise<Signs> {
  const fromVantages = await Promise.all(body.estate.vantages.map((one) => vantageSigns(body, one.name)));
  const fromInside = await Promise.all(body.estate.balancers.map((one) => balancerSigns(body, one)));
  const api = await body
    .fetch(`${body.estate.cloudflare.api}/user/tokens/verify`, {
      headers: { authorization: `Bearer ${body.secrets(body.estate.cloudflare.token)}` },
      signal: AbortSignal.timeout(1_500),
    })
    .then((answer) => String(answer.status), wordOf);
  return Object.assign({ "cloudflare-api": api }, ...fromVantages, ...fromInside) as Signs;
}

function probesOf(body: Body): Probe[] {
  const { service, dns, cloudflare, balancers, servers } = body.estate;
  const tls = service.tls === true ? { tls: true as const } : {};
  const plain = { kind: "direct", hostname: service.hostname } as const;
  const direct = { ...plain, ...tls };
  const edge = cloudflare.edge ?? { address: "", port: 0 };
  return [
    {
      id: "customers",
      kind: "customer",
      hostname: service.hostname,
      port: service.port,
      path: service.customerPath,
      ...tls,
      dns: dns.servers,
    },
    { id: "dns", kind: "dns", hostname: service.hostname, dns: dns.servers },
    { id: "edge", ...direct, address: edge.address, port: edge.port, path: service.customerPath },
    ...balancers.map(
      (one): Probe => ({
        id: one.name,
        ...direct,
        address: one.address,
        port: one.port,
        path: service.customerPath,
      }),
    ),
    ...servers.flatMap((one): Probe[] => [
      { id: `${one.name} health`, ...plain, address: one.address, port: one.port, path: service.healthPath },
      {
        id: `${one.name} customers`,
        ...plain,
        address: one.address,
        port: one.port,
        path: service.customerPath,
      },
    ]),
  ];
}

async function vantageSigns(body: Body, vantage: string): Promise<Signs> {
  const probes = probesOf(body);
  const words = await observe(body, vantage, probes).then(
    ({ results }) => new Map(results.map((one) => [one.id, wordOfResult(one)])),
    () => undefined,
  );
  return Object.fromEntries(probes.map((one) => [`${vantage}: ${one.id}`, words?.get(one.id) ?? "unseen"]));
}

async function balancerSigns(body: Body, balancer: Body["estate"]["balancers"][number]): Promise<Signs> {
  const key = (server: string) => `${balancer.name} says ${server}`;
  try {
    const answer = await body.runtimeApi(
      balancer.runtimeApi,
      balancer.runtimeApi.startsWith("tls:") ? "show stat" : `show stat ${balancer.backend} 4 -1`,
    );
    const rows = answer.split("\n").map((line) => line.split(","));
    return Object.fromEntries(
      body.estate.servers.map(({ name }) => [
        key(name),
        rows.find((row) => row[1] === name)?.[17] ?? "unlisted",
      ]),
    );
  } catch (thrown) {
    return Object.fromEntries(body.estate.servers.map(({ name }) => [key(name), wordOf(thrown)]));
  }
}

function wordOfResult(result: ProbeResult): string {
  if (result.kind === "answered") return String(result.status);
  return result.kind === "resolved" ? result.addresses.join(" ") : wordOf(result.reason);
}

/** "refused" or "silent": nobody listens, or nobody answers. */
function wordOf(thrown: unknown): string {
  const cause =
    thrown instanceof Error ? `${thrown.name} ${thrown.message} ${String(thrown.cause)}` : String(thrown);
  if (/refused/i.test(cause)) return "refused";
  if (/TLS|certificate/i.test(cause)) return "not trusted";
  return /time|no connection|no answer|not answer/i.test(cause) ? "silent" : cause;
}
