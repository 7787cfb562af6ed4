import { probeAll } from "../../adapters/prober/prober";
import { readEstate } from "../../adapters/settings/file";
import { secretsFrom } from "../../adapters/settings/secrets";
import { realClock } from "../../adapters/world";
import { RecoveryError } from "../../shared/errors";
import type { Estate } from "../../shared/estate";
import { allowList, type AllowList } from "../../shared/observe/allow-list";
import type { Clock } from "../../shared/time";
import { vantageName } from "./role";

/** All that a vantage is: a name, a secret, what it may look at, and how it looks. No ledger, no other credential. */
export type Vantage = {
  name: string;
  company: string;
  /** Asked for when a question comes, so that a missing one is said in the answer's log and by health. */
  secret: () => string;
  allowed: AllowList;
  probe: typeof probeAll;
  clock: Pick<Clock, "now">;
};

/** As long as the API's key: whoever guesses it may make this machine look at the estate. */
const SHORTEST_SECRET = 32;

let current: Promise<Vantage> | undefined;

/** The vantage that this deployment is, read when first needed. A failure is not kept, so that the next call tries again. */
export function vantage(): Promise<Vantage> {
  current ??= make().catch((thrown: unknown) => {
    current = undefined;
    throw thrown;
  });
  return current;
}

/** Puts another vantage in its place, for tests; none: the settings are read anew. */
export function useVantage(other: Vantage | undefined): void {
  current = other === undefined ? undefined : Promise.resolve(other);
}

async function make(): Promise<Vantage> {
  const { env } = process;
  const estate = await readEstate(env["SWITCHOVER_CONFIG"] ?? "switchover.yaml");
  return vantageOf(estate, vantageName() ?? "", secretsFrom(env, estate));
}

/** Throws `VANTAGE_UNKNOWN` when the estate has no vantage of that name. */
export function vantageOf(estate: Estate, name: string, secrets: (ref: string) => string): Vantage {
  const entry = estate.vantages.find((one) => one.name === name);
  if (entry === undefined) {
    throw new RecoveryError(
      "VANTAGE_UNKNOWN",
      `There is no vantage "${name.slice(0, 80)}" in the configuration.`,
      `Use the name of one of vantages[]: ${estate.vantages.map((one) => one.name).join(", ")}.`,
    );
  }
  return {
    name,
    company: estate.company,
    secret: () => longEnough(secrets(entry.secret)),
    allowed: allowList(estate),
    probe: probeAll,
    clock: realClock,
  };
}

function longEnough(secret: string): string {
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new RecoveryError(
    "SECRET_TOO_SHORT",
    `The vantage's secret has ${secret.length} characters; ${SHORTEST_SECRET} are needed.`,
    "Make one with `openssl rand -hex 32`, and set it at both ends.",
  );
}
