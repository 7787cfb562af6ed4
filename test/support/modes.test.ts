import { startDrill } from "./drill";
import { missedBy, modes, type Lived } from "./modes";

const life = (change: Partial<Lived>): Lived => ({
  units: { turn: 30, activity: 20, "timer-trigger": 3 },
  restarts: 0,
  deeds: 0,
  ...change,
});

describe("the proof that a drill was one of its mode", () => {
  it.each([
    ["straight", {}],
    ["restarted after every turn", { restarts: 33 }],
    ["hostile", { deeds: 1 }],
    ["hostile", { units: { turn: 7, activity: 7, "timer-trigger": 1 } }],
  ] as const)("%s: holds for %j", (mode, change) => {
    expect(missedBy(mode, life(change))).toBeUndefined();
  });

  it.each([
    ["straight", { deeds: 1 }, "did 1 hostile things"],
    ["restarted after every turn", {}, "0 restarts after 33 turns and ticks"],
    ["restarted after every turn", { restarts: 32 }, "32 restarts after 33"],
    ["hostile", {}, "nothing hostile happened in 53 units"],
    ["hostile", { units: { turn: 0, activity: 0, "timer-trigger": 0 } }, "ran nothing"],
  ] as const)("%s: fails for %j", (mode, change, says) => {
    expect(missedBy(mode, life(change))).toContain(says);
  });

  it.each(modes.filter((mode) => mode !== "straight"))(
    "is asked at the end of every drill, %s",
    async (mode) => {
      const drill = await startDrill({ mode });
      await expect(drill.end()).rejects.toThrow(`Not a drill in the mode "${mode}": the host ran nothing.`);
    },
  );
});
