import type { Estate } from "./estate";
import type { Ledger } from "./ledger/port";
import type { ServerState } from "./observation";
import type { ObserveResponse, Probe } from "./probe";
import type { Clock } from "./time";

/** The states HAProxy's Runtime API can put a server in. */
export type AdminState = "ready" | "drain" | "maint";

/** The Runtime API of one HAProxy. Every call has a deadline and throws when there is no answer. */
export type BalancerPort = {
  servers(): Promise<ServerState[]>;
  /** Writes, and returns once HAProxy took the command. Read back with `servers`. */
  setState(server: string, state: AdminState): Promise<void>;
};

/** A DNS record at the provider, complete: what is not repeated in a PATCH could be reset. */
export type DnsRecord = { id: string; type: "A" | "AAAA"; name: string; content: string; proxied: boolean; ttl: number };

export type RecordsPort = {
  /** All A and AAAA records of the name. */
  read(hostname: string): Promise<DnsRecord[]>;
  /** Changes one record in place. Never deletes, never creates: a record set is never empty (I-22). */
  update(record: DnsRecord): Promise<void>;
};

/** A place to look from. Throws when the vantage itself cannot be reached. */
export type VantagePort = { name: string; observe(probes: Probe[]): Promise<ObserveResponse> };

export type Message = { text: string; link?: string };

export type PagerPort = { tell(person: string, message: Message): Promise<void> };

export type CodesPort = {
  /** The RFC 6238 time step the code is valid for now (±1 step), or undefined when it is wrong. */
  stepOf(person: string, code: string): number | undefined;
};

export type LinksPort = {
  /** 256 bits, the same for the same gate and person, so that a repeated activity sends the same link. */
  token(gate: string, person: string): string;
};

/** Everything outside, behind ports. Activities get it as their second argument. */
export type World = {
  estate: Estate;
  clock: Clock;
  ledger: Ledger;
  vantages: VantagePort[];
  balancer(name: string): BalancerPort;
  records: RecordsPort;
  pager: PagerPort;
  codes: CodesPort;
  links: LinksPort;
};
