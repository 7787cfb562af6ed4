import { gateAnswer } from "../../functions/edge/gate-answer";
import { applyStep } from "../../activities/apply-step";
import { beginning, yesOf } from "./gate-beginning";
import { type Post } from "./gate-model";
import { GATE, INCIDENT, openRig, type Rig } from "./gate-rig";
import { posts, send } from "./gate-votes";

describe("after the approval, before the step", () => {
  let rig: Rig;
  beforeEach(async () => {
    const question = { quorum: 1, requestedBy: null };
    rig = await openRig(question);
    await posts(beginning(question, rig.company.now()), rig, [yesOf("bo")]);
  });
  afterEach(async () => rig.end());

  const pageOf = async (person: string) =>
    JSON.stringify((await gateAnswer(rig.world, rig.world.links.token(INCIDENT, GATE, person), 200)).body);

  it("a veto is taken and the step is refused", async () => {
    const veto: Post = { ...yesOf("ann"), vote: "reject", code: "none", reason: "typed" };
    expect(await send(rig, veto)).toBe("counted");
    const fence = { incident: INCIDENT, epoch: 1, instance: INCIDENT };
    const step = { fence, run: "out", hash: rig.hash, step: "s1", direction: "do" } as const;
    expect(await applyStep({ ...step, warrant: { kind: "gate", gate: GATE } }, rig.world)).toMatchObject({
      refused: "NOT_APPROVED",
    });
    expect(rig.company.effects()).toEqual([]);
  });

  it.each(["ann", "bo"])("the page of %s offers to reject", async (person) => {
    expect(await pageOf(person)).toContain('name=\\"reason\\"');
  });
});
