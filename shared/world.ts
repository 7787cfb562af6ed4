import type { Estate } from "./estate";
import type { Ledger } from "./ledger/port";
import type { Load, ServerState } from "./observation";
import type { PowerState, ServiceState, UnderWay } from "./machine";
import type { SecurityLevel } from "./plan";
import type { ObserveResponse, Probe } from "./probe";
import type { Clock } from "./time";

/** The states HAProxy's Runtime API can put a server in. */
export type AdminState = "ready" | "drain" | "maint";

/** The Runtime API of one HAProxy. Every call has a deadline and throws when there is no answer. */
export type BalancerPort = {
  /** The servers of the estate's backend, as HAProxy sees them now. */
  servers(): Promise<ServerState[]>;
  /** How busy it is now. */
  load(): Promise<Load>;
  /** Writes, and returns once HAProxy took the command. Read back with `servers`. */
  setState(server: string, state: AdminState): Promise<void>;
};

/** A DNS record at the provider, complete: what is not repeated in a PATCH could be reset. */
export type DnsRecord = {
  id: string;
  type: "A" | "AAAA";
  name: string;
  content: string;
  proxied: boolean;
  ttl: number;
};

/**
 * The machine under one part, by the cloud's control plane. Each call takes seconds at most; what takes longer
 * is begun, and asking says how it stands. Throws when the control plane does not answer, or refuses.
 */
export type MachinePort = {
  power(): Promise<PowerState>;
  /** Begins to start it. Its service starts with it. Read back with `power`. */
  start(): Promise<void>;
  /** Begins to restart it. */
  restart(): Promise<void>;
  /** Runs a fixed script on the machine, which takes 20 s and more: until then it is under way. Ask again. */
  service(): Promise<ServiceState | UnderWay>;
  /** Begins to start the service, by a fixed script. Read back with `service`. */
  startService(): Promise<void>;
  /** Why what we began last did not succeed, in words; undefined when it did, or is under way. */
  trouble(): string | undefined;
};

export type RecordsPort = {
  /** All A and AAAA records of the name. Throws when the provider's API does not answer. */
  read(hostname: string): Promise<DnsRecord[]>;
  /** Changes one record in place. Never deletes, never creates: a record set is never empty (I-22). */
  update(record: DnsRecord): Promise<void>;
};

/** The zone at the provider, apart from its records. Throws when the provider's API does not answer. */
export type ZonePort = {
  securityLevel(): Promise<SecurityLevel>;
  /** Returns once the provider took it. Read back with `securityLevel`. */
  setSecurityLevel(level: SecurityLevel): Promise<void>;
  /** Is the whole zone taken out of the proxy? Then nothing of CloudFlare's but DNS works, whatever the records say. */
  paused(): Promise<boolean>;
  /** All records of the zone as a BIND zone file: what a second DNS provider could be filled with. */
  exportRecords(): Promise<string>;
};

/** A place to look from. Throws when the vantage itself cannot be reached. */
export type VantagePort = { name: string; observe(probes: Probe[]): Promise<ObserveResponse> };

export type Message = {
  /** Data, whatever it quotes: each channel shows it as it is and obeys nothing in it. */
  text: string;
  /** Below the estate's `baseUrl`, or it is left out. */
  link?: string;
  /** Messages of one incident are one thread, or one alert, where the channel can do that. */
  incident?: string;
  severity?: "info" | "warning" | "critical";
  /** `acknowledged`: somebody has taken the incident on, so that a paging service stops calling. */
  kind?: "problem" | "ask" | "acknowledged" | "end";
};

/** Reaches one person by the channels of the estate. Throws when none of them took the message. */
export type PagerPort = { tell(person: string, message: Message): Promise<void> };

export type CodesPort = {
  /** The RFC 6238 time step the code is valid for now (±1 step), or undefined when it is wrong. */
  stepOf(person: string, code: string): number | undefined;
};

export type LinksPort = {
  /** 256 bits, the same for the same gate and person, so that a repeated activity sends the same link. */
  token(incident: string, gate: string, person: string): string;
  /** What the ledger keeps instead of the token. */
  hashOf(token: string): string;
  /** The form's own secret: a POST that did not come from our page is refused. */
  formToken(token: string): string;
};

/** Everything outside, behind ports. Activities get it as their second argument. */
export type World = {
  estate: Estate;
  clock: Clock;
  ledger: Ledger;
  vantages: VantagePort[];
  balancer(name: string): BalancerPort;
  /** Undefined: the estate doesn't say which machine the part runs on. */
  machine(name: string): MachinePort | undefined;
  records: RecordsPort;
  zone: ZonePort;
  pager: PagerPort;
  codes: CodesPort;
  links: LinksPort;
  /** SHA-256 over RFC 8785 canonical JSON, hex: what a plan's hash and the audit's chain are made of. */
  digest(value: object): string;
  /** Eight lower-case letters and digits, random. */
  shortId(): string;
};
