import type { Message } from "../../shared/world";

/** What a channel is given: text and incident without controls, and no link but ours. */
export type Notice = Message & {
  /** The person's name in the estate. */
  to: string;
  /** One line of 1 to 2,000 characters, with nothing in it that moves a cursor or reorders text. */
  text: string;
  severity: NonNullable<Message["severity"]>;
};

/** One way to one person. Throws `NotTaken` when the other side did not take the notice, within its deadline. */
export type Channel = { kind: string; send(notice: Notice): Promise<void> };

/** Why a channel did not take a message, in words that have no address, no secret and nothing of a stranger. */
export class NotTaken extends Error {}
