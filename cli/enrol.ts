import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Secret, TOTP } from "otpauth";
import { toString as qrCode } from "qrcode";
import { readEstate } from "../adapters/settings/file";
import { createWorld } from "../adapters/world";
import { keptSandboxSecrets } from "../sandbox/secrets";
import { RecoveryError } from "../shared/errors";
import type { Estate } from "../shared/estate";
import { audit } from "../shared/ledger/audit";
import { enrolRecoveryCodes, grouped, RECOVERY_CODES } from "../shared/recovery-codes";
import type { World } from "../shared/world";
import { existingLedger, stateFolder } from "./existing-ledger";

/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;

type Person = Estate["people"][number];

/**
 * `switchover enrol PERSON`: what a person puts into their authenticator, as a QR code, and their recovery
 * codes. Both are shown once and kept by nobody: the ledger gets salted hashes, the secret is the
 * environment's. Run it with the host's own SWITCHOVER_CONFIG and SWITCHOVER_STATE.
 */
export async function enrol(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { config: { type: "string" }, new: { type: "boolean", default: false } },
  });
  const { env } = process;
  const estate = await readEstate(resolve(values.config ?? env["SWITCHOVER_CONFIG"] ?? "switchover.yaml"));
  const person = personNamed(positionals[0], estate);
  const state = stateFolder();
  const name = person.totp.slice("env:".length);
  const known = values.new ? undefined : (env[name] ?? sandboxSecret(state, name));
  const secret = known ?? new Secret({ size: SECRET_BYTES }).base32;
  const ledger = existingLedger(state);
  try {
    const secrets = () => secret;
    const world = createWorld({ estate, secrets, ledger });
    const codes = await newRecoveryCodes(world, person);
    console.log(await sheet({ estate, person, secret, codes, toSet: known === undefined ? name : null }));
  } finally {
    await ledger.close();
  }
}

function personNamed(name: string | undefined, estate: Estate): Person {
  const person = estate.people.find((one) => one.name === name);
  if (person !== undefined) return person;
  throw new RecoveryError(
    "NO_SUCH_PERSON",
    name === undefined ? "Say whom to enrol." : `"${name.slice(0, 60)}" is no person of the configuration.`,
    `Use one of: ${estate.people.map((one) => one.name).join(", ")}.`,
  );
}

/**
 * A company in the sandbox keeps its secrets beside the state, so that a real phone can be tried with it. None is
 * made here: the running company would not know it.
 */
function sandboxSecret(state: string, name: string): string | undefined {
  return keptSandboxSecrets(join(state, "sandbox"))[name];
}

/** Makes a person's recovery codes, which end all earlier ones, and notes it. Only the caller ever sees them. */
export async function newRecoveryCodes(world: World, person: Pick<Person, "name">): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES.count }, () => base32(randomBytes(RECOVERY_CODES.bytes)));
  await enrolRecoveryCodes(world, person.name, codes, randomBytes(16).toString("hex"));
  await audit(world, {
    actor: `${userInfo().username} at the command line`,
    action: "recovery-codes-made",
    subject: person.name,
    detail: `${codes.length} codes; earlier ones end`,
  });
  return codes.map(grouped);
}

function base32(bytes: Buffer): string {
  return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

async function sheet(of: {
  estate: Estate;
  person: Person;
  secret: string;
  codes: string[];
  /** The variable that must get the secret, when it was made just now. */
  toSet: string | null;
}): Promise<string> {
  const { estate, person, secret, codes, toSet } = of;
  const uri = otpauthUri(estate.company, person.name, secret);
  const qr = await qrCode(uri, { type: "utf8", margin: 2, errorCorrectionLevel: "M" });
  const lines = codes.map((code, at) => `  ${String(at + 1).padStart(2)}  ${code}`);
  const set =
    toSet === null
      ? ""
      : `
  This secret was made just now. Put what follows "secret=" into ${toSet}, where the host reads its
  environment, and start the host again; until then its codes are wrong.
`;
  return `
${person.fullName} (${person.name}): scan this with an authenticator app.

${process.stdout.isTTY ? blackOnWhite(qr) : qr}
  ${uri}
${set}
Recovery codes, for when no phone is at hand. Each works once. Print them, keep them away from the phone;
they are shown now and never again. Codes of an earlier enrolment no longer work.

${lines.join("\n")}
`;
}

/** Whatever the terminal's colours are: most scanners can't read a code that is light on dark. */
function blackOnWhite(text: string): string {
  return text.replace(/^.+$/gm, (line) => `\u001b[107;30m${line}\u001b[0m`);
}

/** What authenticator apps read: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function otpauthUri(company: string, person: string, secret: string): string {
  const issuer = company.replace(/:/g, " ");
  return new TOTP({
    issuer,
    label: person,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: 30,
  }).toString();
}
