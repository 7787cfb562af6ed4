import { checkGateInvariants } from "./gate-oracle";
import type { Model } from "./gate-model";
import { beginning, yesOf } from "./gate-beginning";
import { apply, applyDuring } from "./gate-steps";
import { posts } from "./gate-votes";
import { openRig, type Rig } from "./gate-rig";

describe("at the last moment of a step", () => {
  let rig: Rig;
  let model: Model;

  async function grantedGate(): Promise<void> {
    const question = { quorum: 1, requestedBy: null };
    rig = await openRig(question);
    model = beginning(question, rig.company.now());
    await posts(model, rig, [yesOf("bo")]);
    expect(model.state).toBe("granted");
  }

  async function atEveryAccess(what: Parameters<typeof applyDuring>[3]): Promise<void> {
    const wrong: string[] = [];
    const came = new Set<string>();
    for (let at = 0, over = false; !over; at++) {
      await grantedGate();
      try {
        const became = await applyDuring(model, rig, at, what);
        over = became === "undisturbed";
        if (!over) came.add(became);
        await checkGateInvariants(rig, 1).catch(() => wrong.push(`at access ${at}`));
      } finally {
        await rig.end();
      }
    }
    expect(wrong).toEqual([]);
    // The step has moments on both sides of its intent.
    expect([...came].sort()).toEqual([`${what}-after-the-intent`, `${what}-before-the-intent`]);
  }

  it("a veto before the intent keeps it from being taken, at whatever moment it comes", async () => {
    await atEveryAccess("veto");
  });

  it.each(["stop", "hold", "successor"] as const)(
    "a %s before the intent keeps it from being taken, at whatever moment it comes",
    async (what) => {
      await atEveryAccess(what);
    },
  );

  it("a person who set the record back afterwards is not overwritten by the step's second delivery", async () => {
    await grantedGate();
    try {
      const step = { behind: 0, plan: "shown", copies: 1 } as const;
      expect(await apply(model, rig, step)).toBe("apply-done-written");
      const { balancers, service } = rig.world.estate;
      const chosen = balancers[0]?.address ?? "";
      rig.company.editRecord(service.hostname, chosen);
      model.record = "old";
      await apply(model, rig, step);
      expect(rig.company.truth().records[0]?.content).toBe(chosen);
    } finally {
      await rig.end();
    }
  });
});
