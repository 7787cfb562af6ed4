import { call, type Saga } from "./durable";
import { say, slowing, type Recovery } from "./journal";
import type { Role } from "../shared/estate";
import type { Run } from "../shared/ledger/record";

export type Answer =
  | { kind: "granted" }
  | { kind: "refused" | "expired" | "healed" | "changed"; says: string }
  | { kind: "lost" };

/**
 * Puts the pinned plan to people and waits. The ledger decides; a bell or a tick only wakes us. While
 * we wait we look: a company that heals by itself is left alone, a plan for a changed world is void.
 */
export function* ask(
  on: Recovery,
  about: { run: Run; text: string; whileHealed: "stand-down" | "go-on" },
): Saga<Answer> {
  const { df, fence } = on;
  const { run, text, whileHealed } = about;
  const { gate, people, expiresAt } = yield* call(df, "askPeople", { fence, run });
  if (run === "out") {
    const asked = `Asked ${people.join(", ")} to decide until ${expiresAt.slice(11, 16)} UTC.`;
    if (!(yield* say(on, "gate", asked, "awaiting-approval"))) return { kind: "lost" };
  }
  let healthyLooks = 0;
  let level = 0;
  for (;;) {
    const seen = yield* call(df, "considerGate", { fence, run, gate, whileHealed });
    if (seen.state === "granted") return { kind: "granted" };
    if (seen.state === "refused" || seen.state === "expired") return { kind: seen.state, says: seen.says };
    if (seen.state === "void") return { kind: "changed", says: seen.says };
    healthyLooks = seen.healed ? healthyLooks + 1 : 0;
    if (seen.changed || healthyLooks >= 2) {
      const says = seen.changed
        ? seen.says
        : `Customers are served again; nothing needs to be done. ${seen.says}`;
      const ended = yield* call(df, "voidGate", { fence, gate, says });
      // People were faster: their word stands, and the plan's own pre-checks decide what is left to do.
      if (ended.state === "granted") return { kind: "granted" };
      if (ended.state === "refused" || ended.state === "expired")
        return { kind: ended.state, says: ended.says };
      return { kind: seen.changed ? "changed" : "healed", says };
    }
    const due = on.levels[level];
    if (due !== undefined && seen.openFor >= due.after) {
      level += 1;
      // The first level carries the links: without it nobody could decide, whoever has taken the incident on.
      const unlessAcknowledged = level > 1 && run === "out";
      if (!unlessAcknowledged || seen.acknowledgedBy === null)
        yield* tellLevel(on, { run, gate, text, roles: due.tell, unlessAcknowledged });
      // The next level may be due already, after a successor took over.
      continue;
    }
    yield* on.rest(slowing(on.windows.gateTick, seen.openFor));
  }
}

/** One level of the escalation, once. Whoever can't be reached is named in the record: silence must not pass for consent. */
function* tellLevel(
  on: Recovery,
  about: { run: Run; gate: string; text: string; roles: Role[]; unlessAcknowledged: boolean },
): Saga<void> {
  const { run, gate, text, roles, unlessAcknowledged } = about;
  const told = yield* call(on.df, "tell", {
    fence: on.fence,
    roles,
    key: gate,
    gate,
    text,
    unlessAcknowledged,
  });
  if (told.failed.length > 0 && run === "out")
    yield* say(on, "gate", `Could not reach ${told.failed.join(", ")}.`);
}
