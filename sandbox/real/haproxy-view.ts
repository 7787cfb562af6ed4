import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import type { Company } from "../company";
import type { EffectBy, TrueServer } from "../types";
import { noteServerState, type AdminStates } from "./balancer-machine";
import { adminStatesIn, trueServersIn } from "./command-line";

/** What is known of a real HAProxy's servers. A change that was not ours is seen by looking, and listed. */
export type HaproxyView = {
  look(): Promise<void>;
  /** Lists a change of a server's state. */
  note(server: string, state: AdminState, by: EffectBy): void;
  /** Gives a new process what was set at run time before; HAProxy forgets it with every start. */
  putBack(): Promise<void>;
  /** The process is dead, and what was set at run time with it. */
  forget(): void;
  rows(): TrueServer[];
  adminStates(): AdminStates;
};

type Watched = { company: Company; balancer: Balancer; saved: AdminStates };

export function haproxyView(
  { company, balancer, saved }: Watched,
  command: (line: string) => Promise<string>,
): HaproxyView {
  let known = saved;
  let rows: TrueServer[] = [];

  function note(server: string, state: AdminState, by: EffectBy): void {
    const change = { server, old: known[server] ?? "ready", new: state, by };
    noteServerState(company, balancer, change, () => (known = { ...known, [server]: state }));
  }

  async function look(): Promise<void> {
    if (company.breakage.condition(balancer.name).net !== "open") return;
    const { backend } = balancer;
    const answer = await command(`show servers state ${backend};show stat ${backend} 4 -1`).catch(() => "");
    // Nothing said: it has just died, or is too busy. What was last seen stays.
    if (answer === "") return;
    rows = trueServersIn(answer, balancer.name);
    for (const [server, state] of Object.entries(adminStatesIn(answer))) {
      if (state !== (known[server] ?? "ready")) note(server, state, "runtime-api");
    }
  }

  return {
    look,
    note,
    async putBack() {
      for (const [server, state] of Object.entries(known)) {
        if (state !== "ready") await command(`set server ${balancer.backend}/${server} state ${state}`);
      }
      await look();
    },
    forget() {
      known = {};
      rows = [];
    },
    rows: () => rows,
    adminStates: () => known,
  };
}
