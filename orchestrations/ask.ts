import { call, type Saga } from "./durable";
import { say, slowing, type Recovery } from "./journal";
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
  const { failed } = yield* call(df, "tell", { fence, roles: ["on-call", "manager"], key: gate, gate, text });
  if (failed.length > 0 && run === "out") yield* say(on, "gate", `Could not reach ${failed.join(", ")}.`);

  let healthyLooks = 0;
  let everybodyTold = false;
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
    if (!everybodyTold && seen.openFor >= on.windows.escalate / 2) {
      everybodyTold = true;
      yield* call(df, "tell", {
        fence,
        roles: "everybody",
        key: gate,
        gate,
        text: `Still undecided. ${text}`,
      });
    }
    yield* on.rest(slowing(on.windows.gateTick, seen.openFor));
  }
}
