import type { OrchestrationContext } from "durable-functions";
import { failBack } from "../../orchestrations/fail-back";
import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import type { Windows } from "../../shared/estate";
import { rawEstate } from "../adapters/estate";

const withWindows = (windows: object) => ({ ...rawEstate(), policy: { windows } });
const windowsOf = (windows: object) => parseEstate(withWindows(windows), "my.yaml").policy.windows;

function problems(windows: object): string[] {
  try {
    windowsOf(windows);
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

const waits = ["secondLook", "lookAgain", "gateTick", "verifyEvery", "probationEvery", "wellEvery"] as const;

it.each(waits)("refuses to rest without a pause, or longer than what counts as stalled: %s", (wait) => {
  expect(problems({ [wait]: "0s" })).toEqual([
    `policy.windows.${wait}: is "0s"; expected more than nothing. It would ask again without a pause.`,
  ]);
  for (const [written, seconds] of [
    ["100001ms", "100.001 s"],
    ["2m", "120 s"],
    ["7d", "604800 s"],
  ])
    expect(problems({ [wait]: written })).toEqual([
      `policy.windows.${wait}: is ${seconds}; expected 100 s or less. With stalled at 120 s a recovery that only rests would count as stalled.`,
    ]);
  expect(problems({ [wait]: "100s" })).toEqual([]);
});

it("lets them be as long as stalled allows", () => {
  for (const wait of waits) {
    expect(problems({ stalled: "1h", [wait]: "3580s" })).toEqual([]);
    expect(problems({ stalled: "1h", [wait]: "3581s" })).toHaveLength(1);
    expect(problems({ stalled: "100s", [wait]: "80s" })).toEqual([]);
    expect(problems({ stalled: "100s", [wait]: "81s" })).toEqual([
      `policy.windows.${wait}: is 81 s; expected 80 s or less. With stalled at 100 s a recovery that only rests would count as stalled.`,
    ]);
  }
});

it("leaves alone what is only compared, never rested for", () => {
  const long = {
    classifyByHand: "1d",
    escalate: "1d",
    verify: "1d",
    probation: "1d",
    wellFor: "1d",
    block: "1d",
  };
  expect(problems(long)).toEqual([]);
});

it("refuses to call stalled what may be a healthy step seen late, and judges no other by it", () => {
  expect(problems({ stalled: "74s" })).toEqual([
    'policy.windows.stalled: is 74 s; expected "75s" or more. A healthy step can be seen 57 s late and a timer 70 s late: shorter would replace what works.',
  ]);
  expect(problems({ stalled: "75s" })).toEqual([]);
});

it.each([
  ["120s", "20s", 80],
  ["120s", "30s", 100],
  ["120s", "100s", 100],
  ["100s", "20s", 80],
  ["75s", "30s", 55],
  ["1h", "3580s", 3_580],
])(
  "the way home never rests longer than was looked at: stalled %s, wellEvery %s",
  (stalled, wellEvery, longest) => {
    const rests = restsOf(windowsOf({ stalled, wellEvery }));
    expect(rests).toHaveLength(200);
    expect(Math.max(...rests)).toBe(longest * 1_000);
  },
);

/** How long the way home rests between its looks at a part that stays unwell. */
function restsOf(windows: Windows): number[] {
  const started = Date.parse("2026-11-24T02:00:00Z");
  const rests: number[] = [];
  const df = {
    getInput: () => ({ fence: { incident: "i", epoch: 1, instance: "i" }, windows, levels: [] }),
    currentUtcDateTime: new Date(started),
    callActivity: () => ({ kind: "unwell" }),
    waitForExternalEvent: () => ({ isCompleted: false }),
    createTimer: (at: Date) => {
      rests.push(at.getTime() - started);
      return { isCompleted: true };
    },
    Task: { any: ([, tick]: unknown[]) => tick },
  };
  const home = failBack({ df } as unknown as OrchestrationContext);
  let turn = home.next();
  // Each task is its own answer: what an activity says, and the tick that won.
  while (turn.done !== true) turn = home.next(turn.value);
  expect(turn.value).toEqual({ kind: "next" });
  return rests;
}
