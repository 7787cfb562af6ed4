/** An action with its number: what a turn sends out, unless the history already has it. */
export type Scheduled =
  | { kind: "activity"; id: number; name: string; input: string | null }
  | { kind: "timer"; id: number; fireAt: number }
  | {
      kind: "sub";
      id: number;
      name: string;
      instanceId: string;
      input: string | null;
      version: string | null | undefined;
    };
