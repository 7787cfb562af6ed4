import { problem, type Problem } from "./config-problems";
import type { Estate, Windows } from "./estate";
import { longestRest } from "./stalled";

const LEAST_STALLED_MS = 75_000;
/** All that a recovery rests for; the other windows are only compared with the time that went by. */
const WAITS = ["secondLook", "lookAgain", "gateTick", "verifyEvery", "probationEvery", "wellEvery"] as const;

/** Whether a recovery that rests as often and as long as the file says neither races nor looks stuck. */
export function windowChecks({ policy: { windows } }: Estate): Problem[] {
  const path = ["policy", "windows"];
  const noPause = WAITS.filter((wait) => windows[wait] === 0).map((wait) =>
    problem([...path, wait], '"0s"', "more than nothing", "It would ask again without a pause."),
  );
  if (windows.stalled >= LEAST_STALLED_MS) return [...noPause, ...tooLong(path, windows)];
  const hint =
    "A healthy step can be seen 57 s late and a timer 70 s late: shorter would replace what works.";
  return [...noPause, problem([...path, "stalled"], seconds(windows.stalled), '"75s" or more', hint)];
}

/** Such a recovery would be paged and replaced again and again, while nothing is wrong with it. */
function tooLong(path: PropertyKey[], windows: Windows): Problem[] {
  const hint = `With stalled at ${seconds(windows.stalled)} a recovery that only rests would count as stalled.`;
  const most = longestRest(windows.stalled);
  return WAITS.flatMap((wait) => {
    if (windows[wait] <= most) return [];
    return [problem([...path, wait], seconds(windows[wait]), `${seconds(most)} or less`, hint)];
  });
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
