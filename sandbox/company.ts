import type { Estate } from "../shared/estate";
import { keepBreakage, type ActiveFault, type Breakage } from "./breakage";
import { keepLog, type Log } from "./log";
import { keepPhones, type Phones } from "./phones";
import { keepRecords, type Records } from "./records";
import type { SecurityLevel } from "../shared/plan";
import { keepZoneSettings, USUAL_LEVEL, type ZoneSettings } from "./zone-settings";
import { SandboxRefusal } from "./refusal";
import type { Effect, PhoneMessage, TrueRecord, WriteHooks } from "./types";
import { initialRecords, isRecordRefusal, settledRecord, type RecordFields } from "./zone";

/** What the company is, apart from its machines: shared by the one in memory and the one on real sockets. */
export type Company = {
  estate: Estate;
  secrets: (ref: string) => string;
  /** Milliseconds since the epoch. */
  clock: () => number;
  log: Log;
  records: Records;
  zoneSettings: ZoneSettings;
  breakage: Breakage;
  phones: Phones;
  editRecord(hostname: string, content: string, more?: RecordChoice): void;
  saved(): SavedCompany;
  /** As new: nothing broken, nothing sent, nothing changed. */
  reset(): void;
};

/** What somebody may choose beside where a record leads. */
export type RecordChoice = Partial<Pick<RecordFields, "proxied" | "ttl">>;

export type SavedCompany = {
  records: TrueRecord[];
  /** Absent in what an older sandbox saved. */
  securityLevel?: SecurityLevel;
  faults: ActiveFault[];
  cuts: string[];
  effects: Effect[];
  messages: Record<string, PhoneMessage[]>;
};

export type CompanyOptions = {
  estate: Estate;
  secrets: (ref: string) => string;
  clock: () => number;
  /** After every change of anything in `saved()`. */
  changed: () => void;
  hooks?: () => WriteHooks;
  saved?: SavedCompany | undefined;
};

export function createCompany({
  estate,
  secrets,
  clock,
  changed,
  hooks = () => ({}),
  saved,
}: CompanyOptions): Company {
  const now = () => new Date(clock()).toISOString();
  const log = keepLog(now, hooks, changed);
  const records = keepRecords(initialRecords(estate), log, now);
  const zoneSettings = keepZoneSettings(estate.cloudflare.zone.id, log, now);
  const breakage = keepBreakage(estate, records, changed);
  const phones = keepPhones(estate, secrets, clock, changed);

  function restore(from: SavedCompany): void {
    records.replace(from.records);
    zoneSettings.replace(from.securityLevel ?? USUAL_LEVEL);
    log.replace(from.effects);
    phones.replace(from.messages);
    breakage.replace(from.faults, from.cuts);
  }

  if (saved !== undefined) restore(saved);
  return {
    estate,
    secrets,
    clock,
    log,
    records,
    zoneSettings,
    breakage,
    phones,
    editRecord: (hostname, content, more) => editByHand(records, hostname, content, more),
    saved: () => ({
      records: records.all(),
      securityLevel: zoneSettings.securityLevel(),
      faults: breakage.active(),
      cuts: breakage.cuts(),
      effects: log.effects,
      messages: phones.messages(),
    }),
    reset: () =>
      restore({ records: initialRecords(estate), faults: [], cuts: [], effects: [], messages: {} }),
  };
}

function editByHand(records: Records, hostname: string, content: string, more: RecordChoice = {}): void {
  const record = records.all().find((one) => one.name === hostname.toLowerCase());
  if (record === undefined) {
    const hint = `The zone has: ${
      records
        .all()
        .map((one) => one.name)
        .join(", ") || "no record"
    }.`;
    throw new SandboxRefusal({ what: "no such record", where: "hostname", value: hostname, hint });
  }
  const { id, ...fields } = record;
  const settled = settledRecord({ ...fields, content, ...more });
  if (isRecordRefusal(settled)) {
    throw new SandboxRefusal({
      what: "not a record's content",
      where: "content",
      value: content,
      hint: settled.message,
    });
  }
  records.write(id, settled, "somebody");
}
