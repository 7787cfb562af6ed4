import { iso } from "../clock";
import type { LogSink } from "../log";
import { type Random, seeded } from "./random";
import { type HostileRates, readRates } from "./rates";

export type HostileOptions = {
  /** The same seed does the same to the same run. */
  seed: number;
  rates?: Partial<HostileRates>;
  /** How many times the worker may die within 30 minutes, by default 2: the third death stops the real host, and this one. */
  deathsPerHalfHour?: number;
};

/** What becomes of a turn or an activity that is about to begin. */
export type Fate = "runs" | "dies" | "late" | "twice";

const halfHour = 30 * 60_000;

/** Deaths within half an hour that the real host puts up with. */
const bearable = 2;

/**
 * Azure at its worst, on purpose: decides, from a seed, what goes wrong, and says so. It outlives hosts: one that
 * restarts takes the same one, and the run of numbers goes on where it was.
 */
export class Hostile {
  readonly seed: number;
  readonly rates: HostileRates;
  readonly #mostDeaths: number;
  readonly #random: Random;
  readonly #deeds: string[] = [];
  readonly #silenced = new Set<string>();
  #deaths: number[] = [];
  #awayUntil = 0;

  constructor(options: HostileOptions) {
    this.seed = options.seed;
    this.rates = readRates(options.rates ?? {});
    this.#mostDeaths = options.deathsPerHalfHour ?? bearable;
    this.#random = seeded(options.seed);
  }

  /** Everything it has done so far, a line each. */
  get deeds(): readonly string[] {
    return this.#deeds;
  }

  note(now: number, log: LogSink, deed: string): void {
    const message = `hostile ${this.seed}/${this.#deeds.length + 1}: ${deed}`;
    this.#deeds.push(`${iso(now)} ${message}`);
    log({ level: "warning", category: "hostile", message });
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from 0 to `most`. */
  upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }

  /** When abandoned work is visible again, in milliseconds from now: the queues of the real engine hide it so long. */
  invisible(): number {
    return this.chance(0.5) ? 30_000 : 60_000;
  }

  fate(kind: "turn" | "activity", now: number): Fate {
    const { death, late, twice } = this.rates;
    const drawn = this.#random();
    if (drawn < death) {
      return this.#recentDeaths(now).length < this.#mostDeaths ? "dies" : "runs";
    }
    if (drawn < death + late) {
      return "late";
    }
    return kind === "activity" && drawn < death + late + twice ? "twice" : "runs";
  }

  /** Counts a death of the worker; true when it is one too many, and the host stops itself. */
  died(now: number): boolean {
    this.#deaths = [...this.#recentDeaths(now), now];
    this.#awayUntil = now + (this.#deaths.length === 1 ? 1000 : 10_000);
    return this.#deaths.length > bearable;
  }

  #recentDeaths(now: number): number[] {
    return this.#deaths.filter((at) => now - at < halfHour);
  }

  /** Until when no worker is there, in milliseconds: 1 s after a death, 10 s after the next. */
  get awayUntil(): number {
    return this.#awayUntil;
  }

  /** For how long a due timer trigger stays silent, in milliseconds; 0 for not. Never twice in a row. */
  silence(name: string): number {
    if (this.#silenced.delete(name) || !this.chance(this.rates.silentTrigger)) {
      return 0;
    }
    this.#silenced.add(name);
    return 1 + this.upTo(74_999);
  }

  /** Puts a list in any order. */
  shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map((item) => ({ item, key: this.#random() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }
}

export const readHostile = (given: Hostile | HostileOptions | undefined): Hostile | undefined =>
  given === undefined || given instanceof Hostile ? given : new Hostile(given);
