import type { System } from "../shared/finding";
import type { SecurityLevel } from "../shared/plan";
import type { DnsRecord } from "../shared/world";

/** What is really so in the company, whatever anybody observed. For tests and for the page. */
export type Truth = {
  records: TrueRecord[];
  securityLevel: SecurityLevel;
  servers: TrueServer[];
  customers: TrueCustomers;
};

export type TrueRecord = DnsRecord;

/** A server as one balancer's HAProxy sees it. A balancer whose process is dead has no rows. */
export type TrueServer = {
  balancer: string;
  name: string;
  status: string;
  backup: boolean;
  /** 5xx answers of the server since this HAProxy started. */
  errors: number;
  sessions: number;
};

export type TrueCustomers = {
  ok: number;
  failed: number;
  /** The counters began to count then. */
  since: string;
  /** The server that answered the last good request. */
  lastAnsweredBy: string | null;
  /** Good answers in a row until now; negative: failures in a row. */
  streak: number;
};

/**
 * A write that the company accepted, in order. `by` is "cloudflare-api", "runtime-api" or "azure" for what
 * came over the wire, "somebody" for a person of the company (or an accident). A write that leaves
 * the value as it is has `old` equal to `new`. `resource` is spelled as in shared/plan.ts.
 */
export type Effect = {
  at: string;
  by: EffectBy;
  kind: EffectKind;
  resource: string;
  old: string;
  new: string;
};
export type EffectBy = "azure" | "cloudflare-api" | "runtime-api" | "somebody";
export type EffectKind = "dns-record" | "machine-power" | "server-state" | "service-state" | "zone-setting";

export type PhoneMessage = { at: string; text: string; link: string | null };

/** `code` is the person's one-time code of this moment. */
export type Phone = { person: string; role: string; messages: PhoneMessage[]; code: string };

export type FaultView = { name: string; system: System; active: boolean; way: string | null; ways: string[] };

/** Called around each write that comes over the wire; throwing before loses the write, after loses the answer. */
export type WriteHooks = { beforeWrite?: (kind: string) => void; afterWrite?: (kind: string) => void };
