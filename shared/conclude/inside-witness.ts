import type { Look } from "../observation";
import { between } from "../time";

/** 5xx answers that a balancer counted of one server between two looks. */
export type Counted = { errors: number; ms: number };

/** An older look says too little about now: in five minutes a deployment comes and goes. */
const TOO_OLD_MS = 300_000;

/**
 * HAProxy's counters run from the start of its process, and a server that failed once last week has errors
 * for ever. What counts is the difference to an earlier look. Undefined: there is none that could tell.
 */
export function countedSince(before: Look | undefined, look: Look, server: string): Counted | undefined {
  if (before === undefined) return undefined;
  const ms = between(before.at, look.at);
  if (ms <= 0 || ms > TOO_OLD_MS) return undefined;
  let errors: number | undefined;
  for (const { balancer, servers } of look.views) {
    const now = errorsOf(servers, server);
    const then = errorsOf(before.views.find((one) => one.balancer === balancer)?.servers ?? [], server);
    if (now === undefined || then === undefined) continue;
    // Fewer than before: the process is a new one, and has counted all of them since.
    errors = (errors ?? 0) + (now < then ? now : now - then);
  }
  return errors === undefined ? undefined : { errors, ms };
}

function errorsOf(servers: Look["views"][number]["servers"], name: string): number | undefined {
  return servers.find((one) => one.name === name)?.errors;
}
