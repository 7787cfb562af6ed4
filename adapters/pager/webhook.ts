import { RecoveryError } from "../../shared/errors";
import type { Estate } from "../../shared/estate";
import type { PagerPort } from "../../shared/world";
import { plainText } from "../plain-text";
import { rootCause } from "../root-cause";
import { within } from "../within";

const DEADLINE_MS = 5_000;
const LONGEST_TEXT = 2_000;

/**
 * Tells a person by POSTing `{ text, link? }` as JSON to the person's webhook. Throws `PAGER_FAILED` with
 * the person's name and never the webhook's URL: whoever has the URL can send in our name.
 */
export function webhookPager({
  estate,
  fetch,
}: {
  estate: Pick<Estate, "people">;
  fetch: typeof globalThis.fetch;
}): PagerPort {
  return {
    tell: async (name, { text, link }) => {
      const person = estate.people.find((person) => person.name === name);
      if (!person) throw failed(name, "nobody of that name is in the configuration");
      // Texts quote what monitoring and servers said, and those can be anything (S-11).
      const body = JSON.stringify({ text: plainText(text, LONGEST_TEXT), link });
      const headers = { "content-type": "application/json" };
      const late = () => failed(name, `no answer within ${DEADLINE_MS / 1_000} s`);
      await within(DEADLINE_MS, late, async (signal) => {
        const status = await post(
          fetch,
          person.webhook,
          { method: "POST", headers, body, redirect: "manual", signal },
          name,
        );
        if (status < 200 || status > 299) throw failed(name, `the answer was status ${status}`);
      });
    },
  };
}

async function post(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  person: string,
): Promise<number> {
  try {
    const response = await fetch(url, init);
    await response.body?.cancel();
    return response.status;
  } catch (thrown) {
    // Messages of network errors may quote the URL.
    throw failed(person, rootCause(thrown).code || "the request failed");
  }
}

function failed(person: string, why: string): RecoveryError {
  return new RecoveryError(
    "PAGER_FAILED",
    `The message to ${person} was not delivered: ${plainText(why, 200)}.`,
    "Check the person's webhook in the configuration, and reach the person another way.",
  );
}
