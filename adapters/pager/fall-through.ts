import { RecoveryError, textOf } from "../../shared/errors";
import type { Estate, Person } from "../../shared/estate";
import type { PagerPort } from "../../shared/world";
import { plainText } from "../plain-text";
import { rootCause } from "../root-cause";
import { NotTaken, type Channel, type Notice } from "./channel";
import type { Print } from "./console";
import { noticeOf } from "./notice";

export type FallThroughOptions = {
  estate: Pick<Estate, "people" | "baseUrl">;
  /** A person's channels, in their order. */
  channelsOf: (person: Person) => Channel[];
  /** Hears of a channel that failed although the person was reached: mend it before the bad day. */
  print: Print;
};

/**
 * Tells a person by their channels, in order, until one takes the message. Throws `PAGER_FAILED` with each
 * channel's kind and reason when none did, never with an address or a secret. Nothing is tried twice here:
 * who calls repeats, and says so in the ledger.
 */
export function fallThroughPager({ estate, channelsOf, print }: FallThroughOptions): PagerPort {
  return {
    tell: async (name, message) => {
      const person = estate.people.find((person) => person.name === name);
      if (!person) throw failed(name, ["nobody of that name is in the configuration"]);
      const notice = noticeOf(name, message, estate.baseUrl);
      const reasons: string[] = [];
      for (const channel of channelsOf(person)) {
        const reason = await tried(channel, notice);
        if (reason === undefined) {
          if (reasons.length > 0)
            print(`${name} was told by ${channel.kind}, and not by ${reasons.join(", nor by ")}`);
          return;
        }
        reasons.push(`${channel.kind} (${reason})`);
      }
      throw failed(name, reasons.length === 0 ? ["no channel is configured"] : reasons);
    },
  };
}

/** Why the channel did not take it, or undefined. Only errors whose words are ours are quoted. */
async function tried(channel: Channel, notice: Notice): Promise<string | undefined> {
  try {
    await channel.send(notice);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof NotTaken || thrown instanceof RecoveryError)
      return plainText(textOf(thrown), 200).replace(/\.$/, "");
    return rootCause(thrown).code || "it failed";
  }
}

function failed(person: string, reasons: string[]): RecoveryError {
  return new RecoveryError(
    "PAGER_FAILED",
    `The message to ${person} was not delivered: ${reasons.join(", ")}.`,
    "Check people[].channels and webhook in the configuration, and reach the person another way.",
  );
}
