import { between } from "../shared/time";
import type { ConsoleView, SystemState, SystemView } from "./console-view";
import { incidentName, systemName, type Words } from "./words";

/** A timer tick may be 70 s late after a crash; when nobody has looked for longer than this, detection is in doubt. */
const LOOK_IS_OLD_MS = 150_000;

/**
 * The one sentence on top. It never says "healthy" on the strength of old looks or of silence. It holds no
 * time and no count that moves by itself, because each change of it is read aloud.
 */
export function headline({ open, systems, lastLookAt, now }: ConsoleView): Words & { says: string } {
  const [first] = open;
  if (first !== undefined) {
    const says =
      open.length === 1 ? `1 open incident: ${incidentName(first)}` : `${open.length} open incidents`;
    const asked = open.some(({ state }) => state === "awaiting-approval" || state === "awaiting-person");
    return { tone: "bad", word: asked ? "Waiting for people" : "Being worked on", says };
  }
  if (lastLookAt === null) return { tone: "unknown", word: "No look yet", says: "Nobody has looked yet" };
  // An instant that can't be read is no proof of a recent look: NaN must count as old.
  const recent = between(lastLookAt, now) <= LOOK_IS_OLD_MS;
  if (!recent)
    return { tone: "warn", word: "Detection in doubt", says: "Nobody is watching: the last look is old" };
  return fromSystems(systems);
}

function fromSystems(systems: SystemView[]): Words & { says: string } {
  const names = (state: SystemState) =>
    systems.filter((one) => one.state === state).map((one) => systemName(one.system));
  const [down, suspect, unknown] = [names("down"), names("suspect"), names("unknown")];
  if (down.length > 0) return { tone: "bad", word: "Down", says: `Down: ${down.join(", ")}` };
  if (suspect.length > 0)
    return { tone: "warn", word: "Looking again", says: `Suspect: ${suspect.join(", ")}` };
  if (systems.length === 0) return { tone: "unknown", word: "Unknown", says: "Nothing is being watched" };
  if (unknown.length > 0)
    return { tone: "unknown", word: "Unknown", says: `Not known: ${unknown.join(", ")}` };
  return { tone: "ok", word: "All well", says: "Everything is healthy" };
}
