import { createHash } from "node:crypto";

/** One long-running operation on one machine. `output`: what it will say in the end. */
export type Operation = {
  id: string;
  part: string;
  what: "start" | "restart" | "runCommand";
  doneAt: number;
  startedAt: number;
  state: "InProgress" | "Ending" | "Succeeded";
  /** Run when its time is over; it has succeeded once `done` is called, at once or when the processes are up. */
  finish: (done: (output?: string) => void) => void;
  output: string | undefined;
};

/** How long Azure takes. A machine boots; a command waits for the machine's agent, 20 s at least. */
const takesMs = { start: 20_000, restart: 22_000, runCommand: 20_000 };

export type Operations = {
  begin(part: string, what: Operation["what"], finish: Operation["finish"]): Operation;
  find(id: string): Operation | undefined;
  busyWith(part: string): Operation | undefined;
  /** Ends what is due. */
  settle(): void;
  forget(): void;
};

export function keepOperations(clock: () => number): Operations {
  let count = 0;
  let all: Operation[] = [];
  return {
    begin(part, what, finish) {
      count += 1;
      const hash = createHash("sha256").update(`${part}/${what}/${count}`).digest("hex");
      const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
      const startedAt = clock();
      const made: Operation = {
        id,
        part,
        what,
        startedAt,
        doneAt: startedAt + takesMs[what],
        state: "InProgress",
        finish,
        output: undefined,
      };
      all = [...all.slice(-50), made];
      return made;
    },
    find: (id) => all.find((one) => one.id === id),
    busyWith: (part) => all.find((one) => one.part === part && one.state !== "Succeeded"),
    settle() {
      for (const one of all) {
        if (one.state !== "InProgress" || one.doneAt > clock()) continue;
        one.state = "Ending";
        one.finish((output) => {
          one.state = "Succeeded";
          one.output = output;
        });
      }
    },
    forget: () => void (all = []),
  };
}
