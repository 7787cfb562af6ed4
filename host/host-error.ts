/** What went wrong, for programs; the message is one sentence for people. */
export type HostErrorCode =
  | "state-locked"
  | "state-corrupt"
  | "state-readonly"
  | "state-unusable"
  | "port-taken"
  | "app-broken"
  | "settings"
  | "closed";

/** An error that ends the host or keeps it from starting. Its message stands alone: what, where, and a hint. */
export class HostError extends Error {
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "HostError";
    this.code = code;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
