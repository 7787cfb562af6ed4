import { TOTP } from "otpauth";
import { z } from "zod";
import type { Estate } from "../shared/estate";
import type { Phone, PhoneMessage } from "./types";
import { jsonAnswer, parsedBody, type WireAnswer, type WireRequest } from "./wire";

/** The people's phones: what was sent to each, and the one-time code that each shows now. */
export type Phones = {
  list(): Phone[];
  /** A webhook's request for one person. */
  receive(person: string, request: WireRequest): WireAnswer;
  messages(): Record<string, PhoneMessage[]>;
  replace(messages: Record<string, PhoneMessage[]>): void;
};

const messageSchema = z.object({ text: z.string().min(1), link: z.string().nullish() });

export function keepPhones(
  estate: Estate,
  secrets: (ref: string) => string,
  clock: () => number,
  changed: () => void,
): Phones {
  let messages = new Map<string, PhoneMessage[]>();

  return {
    list: () =>
      estate.people.map((one) => ({
        person: one.name,
        role: one.role,
        messages: [...(messages.get(one.name) ?? [])],
        code: oneTimeCode(secrets(one.totp), clock()),
      })),
    receive(person, request) {
      if (!estate.people.some((one) => one.name === person))
        return jsonAnswer(404, { error: `Nobody here is called "${person}".` });
      if (request.method !== "POST")
        return jsonAnswer(405, { error: "POST a message: { text, link? }." }, { allow: "POST" });
      const message = messageSchema.safeParse(parsedBody(request.body));
      if (!message.success) return jsonAnswer(400, { error: "A message is JSON: { text, link? }." });
      const { text, link } = message.data;
      messages.set(person, [
        ...(messages.get(person) ?? []),
        { at: new Date(clock()).toISOString(), text, link: link ?? null },
      ]);
      changed();
      return jsonAnswer(202, { received: true });
    },
    messages: () => Object.fromEntries(messages),
    replace: (saved) => (messages = new Map(Object.entries(saved))),
  };
}

/** RFC 6238 with the authenticator apps' defaults: SHA-1, six digits, 30 s. */
function oneTimeCode(secret: string, timestamp: number): string {
  return new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 }).generate({ timestamp });
}
