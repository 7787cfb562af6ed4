import { keepRecoveryCodes, useRecoveryCode } from "./ledger/people";
import type { World } from "./world";

/** How many a person gets, and the random bytes of each: 80 bits, which a slow hash could not make safer. */
export const RECOVERY_CODES = { count: 10, bytes: 10 } as const;

/** 16 characters of Base32 (RFC 4648). */
const CODE = /^[A-Z2-7]{16}$/;

/** As it is printed: `ABCD-EFGH-IJKL-MN23`. */
export function grouped(code: string): string {
  return code.match(/.{1,4}/g)?.join("-") ?? code;
}

/** Whether it has the form of a recovery code, however it is grouped. */
export function isRecoveryCode(given: string): boolean {
  return CODE.test(plain(given));
}

/** Makes `codes` the person's only ones. Salt and hashes are kept, the codes are not. */
export async function enrolRecoveryCodes(
  world: World,
  person: string,
  codes: string[],
  salt: string,
): Promise<void> {
  const hashes = codes.map((code) => hashOf(world, person, salt, code));
  await keepRecoveryCodes(world.ledger, person, { madeAt: world.clock.now(), salt, hashes });
}

/** Uses one up: how many are left, or undefined when it was none. */
export async function takeRecoveryCode(
  world: World,
  person: string,
  given: string,
): Promise<number | undefined> {
  return await useRecoveryCode(world.ledger, person, (salt) => hashOf(world, person, salt, given));
}

function hashOf(world: World, person: string, salt: string, code: string): string {
  return world.digest({ for: "switchover recovery code v1", person, salt, code: plain(code) });
}

/** 0, 1 and 8 are no Base32: who reads them off a sheet means O, I and B. */
function plain(given: string): string {
  return given.toUpperCase().replace(/[\s-]/g, "").replace(/0/g, "O").replace(/1/g, "I").replace(/8/g, "B");
}
