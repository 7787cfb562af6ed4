import type { LogSink } from "../host/log";
import { lineOf } from "../host/console-lines";

/** The terminal's log: what an operator wants to read, and a sentence that repeats itself only once. */
export function logLine(): LogSink {
  let last = "";
  return (entry) => {
    if (entry.category === "host" && entry.level === "information") return;
    const line = lineOf(entry, new Date());
    if (line === undefined || entry.message === last) return;
    last = entry.message;
    console.log(line);
  };
}
