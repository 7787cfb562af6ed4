import { attackSeen } from "../conclude/attack";
import { verdict } from "../conclude/votes";
import { refuse } from "../errors";
import type { ChangeKind, ChangeOf } from "./kind";

/** How suspicious CloudFlare is of who asks, for the whole zone. */
export const securityLevel: ChangeKind<ChangeOf<"setSecurityLevel">> = {
  async read(_change, world) {
    return await world.zone.securityLevel();
  },

  async write({ new: level }, world) {
    await world.zone.setSecurityLevel(level);
  },

  /**
   * Raising it is never unsafe: it keeps out, and leads nobody anywhere. Lowering it is, while an attack reaches the
   * balancer or customers fail; one that the edge stops is not to be seen from here, which is why people are asked.
   */
  unsafe({ new: level }, seen, estate) {
    if (level === "under_attack") return undefined;
    const attack = attackSeen(seen, estate);
    if (attack !== undefined)
      return refuse(
        "UNDER_ATTACK",
        `The attack goes on: ${attack}.`,
        "The security level stays up until it is over.",
      );
    if (verdict(seen, { kind: "customers" }) === "healthy") return undefined;
    return refuse(
      "TARGET_NOT_HEALTHY",
      "Customers are not served now.",
      "The security level stays as it is.",
    );
  },
};
