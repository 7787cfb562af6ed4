import { between, type Instant, plus } from "../shared/time";
import { html, type Html } from "./html";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An instant for people: UTC, because the server can't know the reader's zone (the live script adds
 * local time), and how long ago that is. The date is left out where it is today's.
 */
export function instant(at: Instant, now: Instant): Html {
  return html`${clock(at, now)} <span class="ago">(${relative(at, now)})</span>`;
}

/** Only the UTC time, where the distance would be noise. */
export function clock(at: Instant, now: Instant): Html {
  const iso = isoOf(at);
  if (iso === undefined) return html`<span>${at}</span>`;
  const time = `${iso.slice(11, 19)} UTC`;
  const sameDay = isoOf(now)?.slice(0, 10) === iso.slice(0, 10);
  return html`<time datetime="${iso}">${sameDay ? time : `${iso.slice(0, 10)} ${time}`}</time>`;
}

/** "3 min ago", "in 24 min": coarse on purpose, rounded down, so that a deadline is never shown later than it is. */
export function relative(at: Instant, now: Instant): string {
  if (isoOf(at) === undefined || isoOf(now) === undefined) return "at an unknown time";
  const ms = between(now, at);
  if (Math.abs(ms) < 1000) return "now";
  return ms < 0 ? `${span(-ms)} ago` : `in ${span(ms)}`;
}

/** A length of time: "40 s", "24 min", "3 h 5 min", "2 days". */
export function span(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return `${Math.floor(ms / HOUR)} h${minutes > 0 ? ` ${minutes} min` : ""}`;
  }
  const days = Math.floor(ms / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** The instant in its one spelling, or undefined for text that isn't one. `Date.parse` alone takes almost any text with a digit. */
function isoOf(at: Instant): string | undefined {
  const ms = /^\d{4}-\d\d-\d\dT/.test(at) ? Date.parse(at) : Number.NaN;
  return Number.isNaN(ms) ? undefined : plus(at, 0);
}
