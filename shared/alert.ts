import { cleanText } from "./alert/clean-text";
import type { Fields } from "./alert/fields";
import { limits } from "./alert/limits";
import { macrosOf, type Macros } from "./alert/macros";
import { isProblem, type AlertProblem } from "./alert/problem";
import { plus, type Instant } from "./time";

/** What Nagios may say. `EVENT` is ours: an event handler's call, which has no notification type. */
const alertTypes = [
  "PROBLEM",
  "RECOVERY",
  "ACKNOWLEDGEMENT",
  "FLAPPINGSTART",
  "FLAPPINGSTOP",
  "FLAPPINGDISABLED",
  "DOWNTIMESTART",
  "DOWNTIMEEND",
  "DOWNTIMECANCELLED",
  "CUSTOM",
  "EVENT",
] as const;
type AlertType = (typeof alertTypes)[number];

const serviceStates = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;
const hostStates = ["UP", "DOWN", "UNREACHABLE"] as const;
type AlertState = (typeof serviceStates)[number] | (typeof hostStates)[number];

/**
 * One notification. Every text in it is a stranger's: it was made fit to store and show
 * (`cleanText`), it never becomes a host, a port or a path that we ask (S-12).
 */
export type Alert = {
  /** The sender's `webhook-id`: the same for every repetition of the same notification. */
  id: string;
  source: "nagios";
  type: AlertType;
  host: string;
  /** Null when the alert is about the host itself. */
  service: string | null;
  state: AlertState;
  stateType: "HARD" | "SOFT";
  attempt: number | null;
  /** The plugin's first line, 500 characters at most. */
  output: string;
  /** The host's address as Nagios knows it; to be shown only. */
  address: string | null;
  /**
   * Equal for all notifications of one failure. Nagios counts from 1 again when it loses its
   * retention file, so it names a failure only together with host, service and `since`.
   */
  problemId: string | null;
  /** When the state last changed, where the sender says so. */
  since: Instant | null;
  /** When Nagios made the notification; whole seconds, so it orders nothing. */
  at: Instant | null;
  /** Who acknowledged, scheduled the downtime or sent the custom notification. Our own come back to us. */
  author: string | null;
  comment: string | null;
};

/**
 * Reads one notification from form fields or JSON fields: macro names in any case, with or without
 * `NAGIOS_`, and the short names of common forwarders (`host`, `service`, `state`, `output` …).
 */
export function parseNagiosAlert(id: string, fields: Fields): Alert | AlertProblem {
  const named = macrosOf(fields);
  return isProblem(named) ? named : read(id, named.macros);
}

function read(id: string, macros: Macros): Alert | AlertProblem {
  const host = text(macros["HOSTNAME"], limits.nameCharacters);
  if (host === null)
    return missing("HOSTNAME", "Nagios sets it for every notification; is enable_environment_macros=1?");
  const service = text(macros["SERVICEDESC"], limits.nameCharacters);
  const of = service === null ? "HOST" : "SERVICE";
  const type = oneOf(alertTypes, macros["NOTIFICATIONTYPE"] ?? "EVENT");
  if (type === undefined) return unknownWord("NOTIFICATIONTYPE", macros["NOTIFICATIONTYPE"], alertTypes);
  const states = service === null ? hostStates : serviceStates;
  const said = macros[`${of}STATE`] ?? macros["STATE"];
  if (said === undefined) return missing(`${of}STATE`, `Send it, one of ${states.join(", ")}.`);
  const state = oneOf<AlertState>(states, said);
  if (state === undefined) return unknownWord(`${of}STATE`, said, states);
  return {
    id,
    source: "nagios",
    type,
    host,
    service,
    state,
    stateType: stateType(macros[`${of}STATETYPE`] ?? macros["STATETYPE"], type),
    attempt: wholeNumber(macros[`${of}ATTEMPT`] ?? macros["ATTEMPT"]),
    output: text(macros[`${of}OUTPUT`] ?? macros["OUTPUT"], limits.outputCharacters) ?? "",
    address: text(macros["HOSTADDRESS"], limits.nameCharacters),
    problemId:
      counted(macros[`${of}PROBLEMID`]) ??
      counted(macros[`LAST${of}PROBLEMID`]) ??
      counted(macros["PROBLEMID"]),
    since: instant(macros[`LAST${of}STATECHANGE`]),
    at: instant(macros["TIMET"]),
    author: text(macros["NOTIFICATIONAUTHOR"], limits.nameCharacters),
    comment: text(macros["NOTIFICATIONCOMMENT"], limits.outputCharacters),
  };
}

function text(value: string | undefined, limit: number): string | null {
  const clean = cleanText(value ?? "", limit);
  return clean === "" ? null : clean;
}

function oneOf<T extends string>(words: readonly T[], said: string): T | undefined {
  const upper = said.trim().toUpperCase();
  return words.find((word) => word === upper);
}

/** Notifications are sent for HARD states only, so that is what a notification without it means. */
function stateType(said: string | undefined, type: AlertType): "HARD" | "SOFT" {
  return oneOf(["HARD", "SOFT"], said ?? "") ?? (type === "EVENT" ? "SOFT" : "HARD");
}

function wholeNumber(said: string | undefined): number | null {
  return said !== undefined && /^\d{1,9}$/.test(said) ? Number(said) : null;
}

/** An id or a time of Nagios; 0 is its word for "none". */
function counted(said: string | undefined): string | null {
  return said !== undefined && /^[1-9]\d{0,18}$/.test(said) ? said : null;
}

function instant(said: string | undefined): Instant | null {
  const seconds = counted(said);
  return seconds === null || seconds.length > 10
    ? null
    : plus("1970-01-01T00:00:00.000Z", Number(seconds) * 1000);
}

function missing(macro: string, hint: string): AlertProblem {
  return {
    status: 400,
    code: "missing-field",
    says: `The notification has no ${macro}.`,
    where: macro,
    hint,
  };
}

function unknownWord(macro: string, said: string | undefined, words: readonly string[]): AlertProblem {
  const value = cleanText(said ?? "", limits.shownCharacters);
  return {
    status: 400,
    code: "unknown-value",
    says: `Nagios has no such ${macro}.`,
    where: macro,
    value,
    hint: `Send one of ${words.join(", ")}.`,
  };
}
