import type * as Otpauth from "otpauth";
import { RecoveryError } from "../shared/errors";
import type { Estate } from "../shared/estate";
import type { Instant } from "../shared/time";
import type { CodesPort } from "../shared/world";

export type CodesOptions = {
  estate: Pick<Estate, "people">;
  secrets: (ref: string) => string;
  now: () => Instant;
};

const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** One step to either side: a phone's clock may be up to half a minute off, and people take time to type. */
const WINDOW = 1;
/** RFC 4226 wants 16 bytes; authenticator apps have always made 10. */
const SHORTEST_SECRET_BYTES = 10;

/**
 * One-time codes of people's authenticator apps (RFC 6238: SHA-1, 6 digits, 30 s). The step that a code
 * is good for is returned, so that the ledger can refuse the same code a second time.
 * Throws `SECRET_MISSING` or `CODE_SECRET_UNREADABLE`; a person who is not in the estate has no right code.
 */
export function totpCodes({ estate, secrets, now }: CodesOptions): CodesPort {
  const known = new Map<string, Otpauth.TOTP>();
  const totpOf = (name: string): Otpauth.TOTP | undefined => {
    const person = estate.people.find((person) => person.name === name);
    if (!person) return undefined;
    const totp = known.get(name) ?? read(secrets(person.totp), name);
    known.set(name, totp);
    return totp;
  };
  return {
    stepOf: (person, code) => {
      const token = code.replace(/\s/g, "");
      if (!/^\d{6}$/.test(token)) return undefined;
      const timestamp = Date.parse(now());
      const delta = totpOf(person)?.validate({ token, timestamp, window: WINDOW }) ?? null;
      return delta === null ? undefined : Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
    },
  };
}

function read(base32: string, person: string): Otpauth.TOTP {
  const otpauth = require("otpauth") as typeof Otpauth;
  try {
    const secret = otpauth.Secret.fromBase32(base32);
    if (secret.bytes.byteLength >= SHORTEST_SECRET_BYTES) {
      return new otpauth.TOTP({ secret, algorithm: "SHA1", digits: DIGITS, period: PERIOD_SECONDS });
    }
  } catch {
    // The library's error quotes the character it can't read, which is a part of the secret.
  }
  throw new RecoveryError(
    "CODE_SECRET_UNREADABLE",
    `The secret of ${person}'s one-time codes is not ${SHORTEST_SECRET_BYTES} bytes or more in Base32.`,
    "Copy it again from where it was made; it has the letters A to Z and the digits 2 to 7.",
  );
}
