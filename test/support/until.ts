export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Patience = {
  /** Milliseconds until it is given up. */
  within: number;
  /** Milliseconds between two looks. */
  every?: number;
  /** What to tell when it is given up: the incident's record, the output. */
  story?: () => Promise<string> | string;
};

/**
 * Polls until `look` has a value that is neither undefined nor false, and returns it. A look that throws is
 * one that saw nothing: the process it asked may just be dead. Throws with the story when the time is up.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { within, every = 100, story }: Patience,
): Promise<T> {
  const deadline = performance.now() + within;
  for (let last = ""; ; ) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      last = "";
    } catch (thrown) {
      last = `\nThe last look: ${String(thrown)}`;
    }
    if (performance.now() > deadline) {
      throw new Error(`Not within ${within / 1_000} s: ${what}${last}\n${(await story?.()) ?? ""}`);
    }
    await pause(every);
  }
}
