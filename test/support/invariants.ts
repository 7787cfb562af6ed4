import { firstBrokenLink } from "../../shared/ledger/audit";
import type { Drill } from "./drill";

/**
 * What must hold after every drill, judged from the company's own log of what reached it and the
 * ledger, never from what the recovery says of itself.
 */
export async function checkInvariants(drill: Drill): Promise<void> {
  const ours = drill.company.effects().filter((effect) => effect.by !== "somebody");
  const changing = ours.filter((effect) => effect.old !== effect.new);
  const incidents = await Promise.all((await drill.incidents()).map((one) => drill.incident(one.id)));

  // I-22: the record set is never empty, and leads into the estate only.
  const addresses = new Set([...drill.estate.balancers, ...drill.estate.servers].map((one) => one.address));
  expect(drill.company.truth().records.length).toBeGreaterThan(0);
  for (const effect of changing.filter((one) => one.kind === "dns-record")) {
    expect([...addresses].some((address) => effect.new.includes(address))).toBe(true);
  }
  // I-38: every change of ours was written down as intended before, and done afterwards.
  const written = incidents.flatMap((one) => one.effects).filter((effect) => effect.outcome === "done");
  for (const effect of changing) {
    expect(written.map((one) => `${one.resource} ${one.old} ${one.new}`)).toContain(
      `${effect.resource} ${effect.old} ${effect.new}`,
    );
  }
  // I-01: what is not automatic had its gate granted for exactly this plan.
  for (const incident of incidents.filter((one) => one.effects.some((effect) => effect.outcome === "done"))) {
    const armed = incident.finding !== null && drill.estate.policy.automatic.includes(incident.finding);
    const made = incident.effects.filter(
      (effect) => effect.outcome === "done" && !effect.step.endsWith("-undo"),
    );
    const granted = incident.gates.some((gate) => {
      const yes = gate.votes.filter((vote) => vote.vote === "approve").length >= gate.quorum;
      // A veto may follow a step that was taken rightly; none may be taken after it (I-06).
      const vetoes = gate.votes.filter((vote) => vote.vote === "reject");
      return yes && vetoes.every((veto) => made.every((effect) => effect.at <= veto.at));
    });
    expect(armed || granted).toBe(true);
  }
  expect(await firstBrokenLink(drill.world)).toBeUndefined();
}
