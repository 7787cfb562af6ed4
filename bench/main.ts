import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { figuresOf } from "./figures-of";
import { commitTime, describeMachine, load } from "./machine";
import { median } from "./median";
import type { Figures } from "./phases";
import { replaySpeed } from "./replay-speed";
import { table } from "./table";
import { type Part, parts, type Way } from "./ways";

const usage = `Measures the embedded host and prints a table; nothing is asserted.

  npm run bench -- [--rounds 3] [--way inside|client|http]...

Each figure is the median of the rounds. Each round has a process and a folder of its own.`;

const isWay = (text: string): text is Way => Object.hasOwn(parts, text);

/** One round in a process of its own. */
function round(way: Way, part: Part): Promise<Figures> {
  return figuresOf(fork(join(__dirname, "round.js"), [way, part]), `The round ${way} ${part}`);
}

function medians(rounds: Figures[]): Figures {
  const names = new Set(rounds.flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries(
    Array.from(names, (name) => [name, median(rounds.flatMap((figures) => figures[name] ?? []))]),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      way: { type: "string", multiple: true, default: Object.keys(parts) },
      help: { type: "boolean" },
    },
  });
  const count = Number(values.rounds);
  const ways = values.way.filter(isWay);
  if (values.help || !(count >= 1) || ways.length < values.way.length) {
    console.log(usage);
    return;
  }
  console.log(describeMachine());
  const all = new Map<Way, Figures[]>();
  // Rounds are interleaved, so that a busy quarter of an hour doesn't fall on one way alone.
  for (let at = 1; at <= count; at += 1) {
    const speed = `a commit takes ${commitTime().toFixed(2)} ms, a replay of 100 activities ${(await replaySpeed()).toFixed(0)} µs`;
    console.log(`round ${at} of ${count}: load ${load()}, ${speed}`);
    for (const way of ways) {
      const figures: Figures = {};
      for (const part of parts[way]) {
        Object.assign(figures, await round(way, part));
      }
      all.set(way, [...(all.get(way) ?? []), figures]);
      console.log(JSON.stringify({ way, ...figures }, (_, value: unknown) => rounded(value)));
    }
  }
  console.log(`load at the end ${load()}\n`);
  console.log(table(new Map(Array.from(all, ([way, rounds]) => [way, medians(rounds)]))));
}

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Math.round(value * 100) / 100 : value;

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
