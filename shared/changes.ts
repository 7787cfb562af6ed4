import type { ChangeKind, ChangeOf } from "./change/kind";
import { pointRecord } from "./change/point-record";
import { securityLevel } from "./change/security-level";
import { serverState } from "./change/server-state";
import { startMachine } from "./change/start-machine";
import { startService } from "./change/start-service";
import type { Refusal } from "./errors";
import type { Estate } from "./estate";
import { isUnderWay, type UnderWay } from "./machine";
import type { Look } from "./observation";
import type { Change, Value } from "./plan";
import type { World } from "./world";

/** Every kind of change that a plan may make; the compiler asks for each. */
const kinds: { [K in Change["do"]]: ChangeKind<ChangeOf<K>> } = {
  setServerState: serverState,
  pointRecord,
  setSecurityLevel: securityLevel,
  startMachine,
  startService,
};

/** What the resource is now, read from where it lives. Undefined: it is gone. Under way: it is not known yet, ask again. */
export async function readChange(change: Change, world: World): Promise<Value | UnderWay | undefined> {
  return await kindOf(change).read(change, world);
}

/** Sets the new value, whole. Says nothing of success: that is read back. */
export async function writeChange(change: Change, world: World): Promise<void> {
  await kindOf(change).write(change, world);
}

/** Promise 6, asked right before the write: never towards what is not healthy now, never without a healthy server left. */
export function unsafe(change: Change, seen: Look, estate: Estate): Refusal | undefined {
  return kindOf(change).unsafe(change, seen, estate);
}

/** Writing it only begins it, and reading may begin a question: neither is there to look twice a minute. */
export function isSlow(change: Change): boolean {
  return kindOf(change).slow !== undefined;
}

/** Why what was begun did not come to be, as far as anybody said. */
export function troubleWith(change: Change, world: World): string | undefined {
  return kindOf(change).slow?.trouble(change, world);
}

export function sameValue(a: Value | UnderWay | undefined, b: Value): boolean {
  if (isUnderWay(a)) return false;
  if (a === undefined || typeof a === "string" || typeof b === "string") return a === b;
  return a.type === b.type && a.content === b.content && a.proxied === b.proxied && a.ttl === b.ttl;
}

function kindOf(change: Change): ChangeKind<Change> {
  return kinds[change.do];
}
