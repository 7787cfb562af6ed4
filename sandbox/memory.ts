import { servesTls } from "../shared/certificate";
import type { Estate } from "../shared/estate";
import type { AdminState } from "../shared/world";
import { apiServer } from "./api-server";
import { shownCertificate } from "./haproxy/certificate";
import { wave } from "./attackers";
import { resourceManager, type ResourceManager } from "./azure/api";
import { plainHands } from "./azure/virtual-machines";
import { knownServer } from "./breakage";
import { cloudflareApps } from "./cloudflare/apps";
import { createCompany, type Company, type RecordChoice } from "./company";
import { customersOf, type Customers } from "./customers";
import { memoryBalancers, type Balancers } from "./memory-balancers";
import { memoryFetch } from "./memory-fetch";
import { memoryNetwork, type MemoryNetwork } from "./memory-network";
import { edgeOf, endpointOf, strangerAddress } from "./parts";
import { SandboxRefusal } from "./refusal";
import { resolversFor } from "./resolvers";
import { stranger } from "./stranger";
import type { Effect, FaultView, Phone, Truth } from "./types";
import { vantageApp } from "./vantage/app";
import { vantageSetup } from "./vantage/question";
import { runNow } from "./wire";

export type { Effect, Phone, Truth } from "./types";

/** The whole company in memory, in virtual time. Nothing in it waits, and nothing happens between two calls. */
export type MemoryCompany = {
  now(): string;
  /** Runs every second in between: health checks, customers' requests, resolvers' caches. */
  advanceTo(at: string): void;
  /** The internet as Switchover meets it: Cloudflare's API, vantages, phones, and the service itself. */
  fetch: typeof fetch;
  /** HAProxy's command line: one line in, the whole answer out. Rejects with ECONNREFUSED or "timed out". */
  runtimeApi: (runtimeApiUrl: string, command: string) => Promise<string>;
  break(fault: string, way?: string): void;
  heal(fault: string): void;
  reset(): void;
  faults(): FaultView[];
  /** Packets from and to the part are dropped; nothing is refused. */
  cut(part: string): void;
  mend(part: string): void;
  /** Somebody changes the record at the provider by hand. */
  editRecord(hostname: string, content: string, more?: RecordChoice): void;
  /** Somebody (a deployment) sets a server's state in every HAProxy. */
  setServer(server: string, state: AdminState): void;
  truth(): Truth;
  effects(): Effect[];
  phones(): Phone[];
  /** Called before a write that comes over the wire; when it throws the request fails and nothing was written. */
  beforeWrite?: (kind: string) => void;
  /** Called after it; when it throws the answer is lost and the write stays. */
  afterWrite?: (kind: string) => void;
};

const SECOND_MS = 1_000;

export function memoryCompany(
  estate: Estate,
  options: { startAt: string; secrets: (ref: string) => string },
): MemoryCompany {
  let now = instant(options.startAt);
  const clock = () => now;
  const company = createCompany({
    estate,
    secrets: options.secrets,
    clock,
    changed() {
      balancers.settle();
      resolvers.settle();
    },
    hooks: () => self,
  });
  const balancers: Balancers = memoryBalancers(company);
  const resolvers = resolversFor(company);
  const network = memoryNetwork(company);
  const customers = customersOf(estate, clock);
  const azure = resourceManager(company, plainHands(company));
  plugIn(company, balancers, network, azure);
  for (const { endpoint, part, resolver } of resolvers.all) network.listenDns(endpoint, { part, resolver });
  checkServers(company, balancers, network);

  const self: MemoryCompany = {
    now: () => new Date(now).toISOString(),
    advanceTo(at) {
      const until = instant(at);
      if (until < now)
        throw new SandboxRefusal({
          what: "time runs forward only",
          where: "advanceTo",
          value: at,
          hint: `It is ${self.now()} already.`,
        });
      const start = instant(options.startAt);
      for (let next = now + SECOND_MS - ((now - start) % SECOND_MS); next <= until; next += SECOND_MS) {
        now = next;
        azure.tick();
        checkServers(company, balancers, network);
        runNow(wave(estate, company.breakage.condition("attackers").floods), network.from("attackers"));
        runNow(customers.request(), network.from("customers"));
      }
      now = until;
    },
    fetch: memoryFetch(company, network),
    runtimeApi: (url, command) => balancers.runtimeApi(url, command),
    break: (fault, way) => company.breakage.break(fault, way),
    heal: (fault) => company.breakage.heal(fault),
    reset() {
      company.reset();
      azure.reset();
      balancers.restart();
      resolvers.reset();
      customers.reset();
      checkServers(company, balancers, network);
    },
    faults: () => company.breakage.faults(),
    cut: (part) => company.breakage.cut(part),
    mend: (part) => company.breakage.mend(part),
    editRecord: (hostname, content, more) => company.editRecord(hostname, content, more),
    setServer: (server, state) => balancers.setServer(knownServer(estate, server), state),
    truth: () => truthOf(company, balancers, customers),
    effects: () => [...company.log.effects],
    phones: () => company.phones.list(),
  };
  return self;
}

/** Puts every part at its address. */
function plugIn(
  company: Company,
  balancers: Balancers,
  network: MemoryNetwork,
  azure: ResourceManager,
): void {
  const { estate, secrets, breakage, clock } = company;
  const cloudflare = cloudflareApps(company);
  const tls = servesTls(estate);
  network.listen(endpointOf(estate.cloudflare.api), { part: "cloudflare-api", app: cloudflare.api });
  if (estate.azure !== undefined)
    network.listen(endpointOf(estate.azure.endpoint), { part: "azure", app: azure.app });
  network.listen(edgeOf(estate), {
    part: "edge",
    app: cloudflare.edge,
    ...(tls ? { certificate: () => shownCertificate({}, clock()) } : {}),
  });
  const elsewhere = { address: strangerAddress(estate), port: estate.service.port };
  network.listen(elsewhere, { part: "stranger", app: stranger });
  for (const server of estate.servers) {
    const app = apiServer(estate, server, () => breakage.condition(server.name).behaves);
    network.listen(server, { part: server.name, app });
  }
  for (const { name, address, port } of estate.balancers) {
    network.listen(
      { address, port },
      {
        part: name,
        app: (request) => alive(balancers, name).forward(request),
        closed: () => breakage.condition(name).setup.config === "wrong-port",
        ...(tls
          ? {
              certificate: () =>
                shownCertificate(breakage.condition(name).setup, alive(balancers, name).startedAt),
            }
          : {}),
      },
    );
  }
  for (const vantage of estate.vantages) {
    const app = vantageApp(vantageSetup(estate, vantage.name, secrets(vantage.secret)), clock);
    network.listen(endpointOf(vantage.url), { part: vantage.name, app });
  }
}

function alive(balancers: Balancers, name: string) {
  const haproxy = balancers.haproxy(name);
  if (haproxy === undefined)
    throw new Error(`the network let a request through to ${name}, whose process is dead`);
  return haproxy;
}

/** What every living HAProxy does each second. */
function checkServers(company: Company, balancers: Balancers, network: MemoryNetwork): void {
  // Whoever holds connections takes each that another one gives up.
  balancers.settle();
  for (const { name } of company.estate.balancers) {
    const haproxy = balancers.haproxy(name);
    for (const member of haproxy?.members ?? [])
      runNow(alive(balancers, name).check(member), network.from(name));
  }
}

function truthOf(company: Company, balancers: Balancers, customers: Customers): Truth {
  return {
    records: company.records.all().map((one) => ({ ...one })),
    securityLevel: company.zoneSettings.securityLevel(),
    servers: balancers.truth(),
    customers: customers.count(),
  };
}

function instant(text: string): number {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw new SandboxRefusal({
    what: "not an instant",
    where: "time",
    value: text,
    hint: "Write ISO 8601, such as 2026-01-01T00:00:00Z.",
  });
}
