import { Cron } from "croner";
import { HostError, messageOf } from "../host-error";
import { timeSpanMs } from "../host-json";

/** When a timer trigger fires. Times are milliseconds since the epoch. */
export type Schedule = {
  /** The expression, settings resolved. */
  text: string;
  /** The first occurrence after an instant. */
  next(after: number): number;
  /** Too frequent for a memory of the last run: never past due. */
  subMinute: boolean;
};

const field = /^[0-9a-z*,/-]+$/i;

/** NCRONTAB knows Sunday as 0 only, and no step without something to step from. */
const notNcrontab = /(^|,)\/|\/(,|$)|\/0+(,|$)/;

/**
 * Reads a schedule: NCRONTAB with six fields (or five: at second 0), or a time span `[d.]hh:mm:ss` as an interval.
 * A day of the month and a day of the week must both match, unlike in Unix cron.
 * `zone` is an IANA name. Throws a HostError that names the function.
 */
export function readSchedule(expression: string, zone: string, functionName: string): Schedule {
  const text = expression.trim();
  const fields = text.split(/\s+/);
  const refuse = (why: string): HostError =>
    new HostError(
      "settings",
      `Function '${functionName}': the schedule '${text}' can't be read: ${why}. Write six fields (second minute hour day month weekday), such as '0 */5 * * * *', or hh:mm:ss.`,
    );
  const interval = timeSpanMs(text);
  if (fields.length === 1 && interval !== undefined) {
    if (interval <= 0) {
      throw refuse("an interval must be longer than nothing");
    }
    return { text, next: (after) => after + interval, subMinute: interval < 60_000 };
  }
  if (fields.length !== 5 && fields.length !== 6) {
    throw refuse(`it has ${fields.length} fields`);
  }
  const odd = fields.find((one) => !field.test(one) || notNcrontab.test(one));
  if (odd !== undefined) {
    throw refuse(`'${odd}' is not allowed`);
  }
  const weekday = fields.at(-1) ?? "";
  if (/(^|[^/\d])7/.test(weekday)) {
    throw refuse("a weekday is 0 (Sunday) to 6");
  }
  if (fields.slice(0, -2).some((one) => /[a-z]/i.test(one)) || /\dL|L|W/i.test(lettersLeft(fields))) {
    throw refuse("names are for months and weekdays");
  }
  return cronSchedule(text, fields, zone, refuse);
}

const names = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat/gi;

/** What letters there are besides the names of months and weekdays. */
const lettersLeft = (fields: string[]): string => fields.slice(-2).join(" ").replace(names, "");

function cronSchedule(
  text: string,
  fields: string[],
  zone: string,
  refuse: (why: string) => HostError,
): Schedule {
  const clockFields = fields.slice(0, fields.length - 3).join(" ");
  let cron: Cron;
  try {
    cron = new Cron(text, {
      paused: true,
      mode: "5-or-6-parts",
      domAndDow: true,
      sloppyRanges: true,
      timezone: zone,
      // Of schedules for points in time (no * / - in the clock's fields) a repeated hour counts once.
      fixedTimeRule: clockFields.includes("-") ? "single-value" : "no-wildcard",
    });
  } catch (error) {
    throw refuse(messageOf(error));
  }
  const next = (after: number): number => {
    const found = cron.nextRun(new Date(after));
    if (!found) {
      throw refuse("it never occurs");
    }
    return found.getTime();
  };
  const first = next(0);
  return { text, next, subMinute: next(first) - first < 60_000 };
}
