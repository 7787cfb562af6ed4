import type { Estate } from "../../shared/estate";
import { aimOf, attackOnce } from "../attackers";
import type { Condition } from "../condition";
import { maxconn } from "../haproxy/stand-in";
import { runLater, type Call, type Reply } from "../wire";
import type { InProcess } from "./in-process";

/** So many that more wait at the balancer's door than it gets to while a customer has patience. */
const PROGRAMS = maxconn * 2 + 176;
/** Where it leads to nothing, or is turned away at once, a program comes back so much later. */
const PAUSE_MS = 8_000;
const AIM_MS = 2_000;
/** They don't come all at once: a balancer then counts about as many new sessions in each second. */
const APART_MS = 8;

/** The attackers on real sockets: programs that each ask again as soon as they were answered. */
export function crowd(estate: Estate, network: (call: Call) => Promise<Reply>): InProcess {
  let floods: Condition["floods"] = "nothing";
  let aim: { address: string | undefined; until: number } = { address: undefined, until: 0 };
  let programs = 0;
  const pauses = new Set<() => void>();

  const flooding = () => floods !== "nothing";

  async function address(): Promise<string | undefined> {
    if (performance.now() < aim.until) return aim.address;
    aim = { ...aim, until: performance.now() + AIM_MS };
    aim.address = await runLater(aimOf(estate, floods), network);
    return aim.address;
  }

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        pauses.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      pauses.add(go);
    });
  }

  async function program(after: number): Promise<void> {
    await pause(after);
    while (flooding()) {
      const to = await address();
      const reply = to === undefined ? undefined : await runLater(attackOnce(estate, to), network);
      if (reply?.kind !== "answered" || reply.answer.status === 403) await pause(PAUSE_MS);
    }
  }

  function begin(): void {
    for (let turn = 0; programs < PROGRAMS; programs += 1, turn += 1)
      void program(turn * APART_MS).finally(() => (programs -= 1));
  }

  function end(): void {
    floods = "nothing";
    for (const go of pauses) go();
  }

  return {
    async apply(condition) {
      if (condition.floods === "nothing") end();
      else {
        floods = condition.floods;
        aim.until = 0;
        begin();
      }
    },
    stop: async () => end(),
  };
}
