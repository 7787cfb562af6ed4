import type { HttpResponseInit } from "@azure/functions";
import { isRecoveryCode } from "../../shared/recovery-codes";
import { between, type Clock } from "../../shared/time";

/**
 * Failures that need no identity, counted per process and minute. One number each, whatever the attacker
 * varies: a table by address or token would grow as he likes. Other processes count for themselves, so the
 * limits of a company are these times its instances; what must hold everywhere is counted in the ledger.
 */
export const MOST_FAILURES = {
  /** Alerts whose signature is not right. */
  "unsigned-alert": 120,
  /** Links that lead nowhere. */
  "unknown-link": 60,
  /** Keys that are not ours. */
  "wrong-key": 30,
  /** Codes that were not right, of all people together. */
  "wrong-code": 30,
  /** Questions to a vantage that are not signed right. */
  "unsigned-question": 120,
} as const;

export type FailureKind = keyof typeof MOST_FAILURES;

const WINDOW_MS = 60_000;
const EPOCH = "1970-01-01T00:00:00.000Z";

type Counter = { window: number; count: number };

/** Whose failures are counted: the world, or a vantage. */
type Counted = { clock: Pick<Clock, "now"> };

const counters = new WeakMap<Counted, Map<FailureKind, Counter>>();

/** Counts one failure. `true` for the first one that is too many: that is worth one line in the log, not more. */
export function countFailure(world: Counted, kind: FailureKind): boolean {
  const counter = counterOf(world, kind);
  counter.count += 1;
  return counter.count === MOST_FAILURES[kind] + 1;
}

/** Seconds until failures of this kind are answered normally again; undefined when they are now. */
export function secondsToWait(world: Counted, kind: FailureKind): number | undefined {
  if (counterOf(world, kind).count <= MOST_FAILURES[kind]) return undefined;
  return Math.ceil((WINDOW_MS - (elapsed(world) % WINDOW_MS)) / 1_000);
}

/**
 * The answer to a failure, which from the limit on is 429 with `Retry-After`. It is asked only once the
 * request has failed: an alert whose signature is right, a right key and a right link always pass.
 */
export function failed(
  world: Counted,
  kind: FailureKind,
  answer: HttpResponseInit,
  log: (line: string) => void,
): HttpResponseInit {
  if (countFailure(world, kind))
    log(`More than ${MOST_FAILURES[kind]} failures of kind ${kind} within a minute.`);
  const wait = secondsToWait(world, kind);
  if (wait === undefined) return answer;
  const headers = new Headers(answer.headers);
  headers.set("Retry-After", String(wait));
  return { ...answer, status: 429, headers };
}

/**
 * Whether codes are looked at at all: after too many wrong ones, of whomever, none is for the rest of the
 * minute, also no right one (S-17: approvals fail closed). Rejecting stays open, and so does a sign-in.
 */
export function closedFor(world: Counted): { field: "code"; says: string } | undefined {
  const wait = secondsToWait(world, "wrong-code");
  if (wait === undefined) return undefined;
  return { field: "code", says: `Too many wrong codes came here. Send yours again in ${wait} s.` };
}

/**
 * Counts an answer that was a guess: it had the form of a code, was looked at, and was wrong. Scanners' empty
 * forms and requests of somebody who is locked out already are none, or one leaked link could close the door.
 */
export function countGuess(
  world: Counted,
  status: number,
  given: { code?: string; recovery?: string },
): void {
  const { code = "", recovery = "" } = given;
  if (status !== 400 || !(/^\d{6}$/.test(code.replace(/\s/g, "")) || isRecoveryCode(recovery))) return;
  countFailure(world, "wrong-code");
}

function counterOf(world: Counted, kind: FailureKind): Counter {
  const kinds = counters.get(world) ?? new Map<FailureKind, Counter>();
  counters.set(world, kinds);
  const window = Math.floor(elapsed(world) / WINDOW_MS);
  const known = kinds.get(kind);
  if (known?.window === window) return known;
  const fresh = { window, count: 0 };
  kinds.set(kind, fresh);
  return fresh;
}

function elapsed(world: Counted): number {
  return between(EPOCH, world.clock.now());
}
