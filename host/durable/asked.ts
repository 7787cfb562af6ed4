import { hash } from "node:crypto";
import type { Action } from "./answer";

/**
 * What an orchestrator has asked for so far, in short. The real engine compares kinds, names and numbers of what it
 * scheduled and nothing else; this is what it misses: the names of the events waited for, inputs, lengths of timers.
 */
export type Asked = {
  /** How many waits there were, and their names as a hash. */
  waits: number;
  names: string;
  /** Of the whole action list as text: its length and hash. */
  length: number;
  text: string;
  /** It has been said that an input differs. */
  told?: boolean;
};

export type Examined = {
  asked: Asked;
  /** What contradicts what was asked for before. Other events are an error of the code; other inputs may be one. */
  contradiction?: { kind: "events" | "inputs"; text: string };
};

const waitsIn = (actions: readonly Action[]): string[] =>
  actions.flatMap((action) => {
    const inner = action.compoundActions ? waitsIn(action.compoundActions) : [];
    return action.externalEventName === undefined ? inner : [action.externalEventName, ...inner];
  });

/** The list as text, the same whether a timer was cancelled since or not. */
const textOf = (actions: readonly Action[]): string =>
  JSON.stringify(actions).slice(1, -1).replaceAll('"isCanceled":true', '"isCanceled":false');

// At one go: an object that is fed in parts has to be cleaned up, and there would be several in every turn.
const sha1 = (text: string): string => hash("sha1", text, "base64url");

const digest = (names: readonly string[]): string => sha1(names.join("\n"));

/**
 * Compares an answer with what was asked for before, which an honest answer only adds to. Other inputs are no proof
 * of a changed code: an object that was passed on and changed afterwards shows its latest state in every replay.
 */
export function examine(before: Asked | undefined, actions: readonly Action[]): Examined {
  const waits = waitsIn(actions);
  const text = textOf(actions);
  const names = digest(waits);
  const whole = sha1(text);
  const beginning = before?.length === text.length ? whole : sha1(text.slice(0, before?.length ?? 0));
  const asked: Asked = {
    waits: waits.length,
    names,
    length: text.length,
    text: whole,
    ...(before?.told ? { told: true } : {}),
  };
  const namesBefore = before?.waits === waits.length ? names : digest(waits.slice(0, before?.waits ?? 0));
  if (before && namesBefore !== before.names) {
    const now = waits.map((name) => `'${name}'`).join(", ") || "none";
    return { asked, contradiction: { kind: "events", text: otherEvents(before.waits, now) } };
  }
  if (before && beginning !== before.text) {
    const text = "an input, the length of a timer or an option is not what it was";
    return { asked, contradiction: { kind: "inputs", text } };
  }
  return { asked };
}

const otherEvents = (count: number, now: string): string =>
  `Non-Deterministic workflow detected: A previous execution of this orchestration waited for ${count} external events, but the current replay execution waits for others: ${now}. Was a change made to the orchestrator code after this instance had already started running?`;

export const readAsked = (text: string | null): Asked | undefined =>
  text === null ? undefined : (JSON.parse(text) as Asked);
