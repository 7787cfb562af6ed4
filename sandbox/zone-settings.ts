import type { SecurityLevel } from "../shared/plan";
import type { Log } from "./log";
import type { EffectBy } from "./types";

/** The zone's settings, as much of them as anybody changes. Every change is an effect in the log. */
export type ZoneSettings = {
  securityLevel(): SecurityLevel;
  write(level: SecurityLevel, by: EffectBy): void;
  modifiedAt(): string;
  /** As new, or as saved; not an effect. */
  replace(level: SecurityLevel): void;
};

/** What a new zone has. */
export const USUAL_LEVEL: SecurityLevel = "medium";

export function keepZoneSettings(zone: string, log: Log, now: () => string): ZoneSettings {
  let level = USUAL_LEVEL;
  let modifiedAt = now();
  return {
    securityLevel: () => level,
    modifiedAt: () => modifiedAt,
    write(after, by) {
      const resource = `zone/${zone}/security_level`;
      log.write({ by, kind: "zone-setting", resource, old: level, new: after }, () => {
        level = after;
        modifiedAt = now();
      });
    },
    replace(after) {
      level = after;
    },
  };
}
