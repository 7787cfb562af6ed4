/**
 * An action with its number: what a turn sends out, unless the history already has it. Inputs are values of JSON, and
 * become text only when they are sent: most actions of a replay are not.
 */
export type Scheduled =
  | { kind: "activity"; id: number; name: string; input: unknown }
  | { kind: "timer"; id: number; fireAt: number }
  | {
      kind: "sub";
      id: number;
      name: string;
      instanceId: string;
      input: unknown;
      version: string | null | undefined;
    };
