import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { servesTls } from "../shared/certificate";
import type { Balancer, Estate } from "../shared/estate";
import { certificateAuthority, DAY_MS, type KeyPair } from "./certificate-authority";
import { isGuarded } from "./haproxy/door";
import type { Setup } from "./haproxy/setup";
import { endpointOf } from "./parts";
import { SandboxRefusal } from "./refusal";
import { nameOf } from "./secrets";

const pair = z.object({ cert: z.string(), key: z.string() });
/** `doors`: by balancer. `for`: what of the estate they were made for; another estate gets others. */
const fileSchema = z.object({
  for: z.string(),
  goodUntil: z.number(),
  door: z.object({ ca: z.string(), client: pair, doors: z.record(z.string(), pair) }),
  /** What customers are shown: `good` at the edge and the balancers, the others where somebody made a mistake. */
  service: z.object({ ca: z.string(), good: pair, expired: pair, wrongName: pair }).optional(),
});
export type Certificates = z.infer<typeof fileSchema>;

/**
 * The certificates of the sandbox: its own authority, made at the first start and kept in the state folder,
 * readable by this user only. Nobody outside trusts it. They are made anew long before they end.
 */
export async function sandboxCertificates(stateDir: string, estate: Estate): Promise<Certificates> {
  const wanted = JSON.stringify([
    estate.balancers.filter(isGuarded),
    servesTls(estate) && estate.service.hostname,
  ]);
  const file = join(stateDir, "certificates.json");
  const kept = keptIn(file);
  if (kept?.for === wanted && kept.goodUntil > Date.now()) return kept;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const service = servesTls(estate) ? { service: await serviceOf(estate) } : {};
  // Anew at a start a day later, so that what is good stays good for weeks.
  const goodUntil = Date.now() + DAY_MS;
  const made: Certificates = { for: wanted, goodUntil, door: await doorsOf(estate), ...service };
  return write(file, made, existsSync(file));
}

async function doorsOf({ balancers }: Estate): Promise<Certificates["door"]> {
  const guarded = balancers.filter(isGuarded);
  if (guarded.length === 0) return noCertificates.door;
  const issuer = await certificateAuthority("Switchover sandbox: doors");
  const doors: Record<string, KeyPair> = {};
  for (const one of guarded)
    doors[one.name] = await issuer.issue({ name: one.name, ...namesOf(one), use: "server" });
  return { ca: issuer.cert, client: await issuer.issue({ name: "switchover", use: "client" }), doors };
}

async function serviceOf({ service }: Estate): Promise<NonNullable<Certificates["service"]>> {
  const issuer = await certificateAuthority("Switchover sandbox: the public's");
  const now = Date.now();
  const [good, past] = [
    { from: now - DAY_MS, until: now + 90 * DAY_MS },
    { from: now - 93 * DAY_MS, until: now - 3 * DAY_MS },
  ];
  const issue = (name: string, period: { from: number; until: number }) =>
    issuer.issue({ name, names: [name], use: "server", ...period });
  return {
    ca: issuer.cert,
    good: await issue(service.hostname, good),
    expired: await issue(service.hostname, past),
    wrongName: await issue("another-service.example.org", good),
  };
}

/** What a balancer shows to customers, as it is set up; undefined where they speak no TLS. */
export function shownBy({ service }: Certificates, { certificate }: Setup): KeyPair | undefined {
  if (certificate === "expired") return service?.expired;
  return certificate === "wrong-name" ? service?.wrongName : service?.good;
}

function namesOf({ runtimeApi, runtimeTls }: Balancer) {
  const address = endpointOf(runtimeApi.replace(/^tls:/, "http:")).address;
  return { addresses: [address], names: runtimeTls?.serverName === undefined ? [] : [runtimeTls.serverName] };
}

/** What Switchover needs of them, by the names of the environment variables that the estate says. */
export function certificateValues(estate: Estate, { door }: Certificates): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { runtimeTls: tls } of estate.balancers.filter(isGuarded)) {
    if (tls === undefined) continue;
    values[variable(tls.certificate)] = door.client.cert;
    values[variable(tls.key)] = door.client.key;
    values[variable(tls.ca)] = door.ca;
  }
  return values;
}

function variable(ref: string): string {
  if (ref.startsWith("env:")) return nameOf(ref);
  throw new SandboxRefusal({
    what: "the sandbox makes its certificates itself",
    where: "balancers[].runtimeTls",
    value: ref,
    hint: "Write env:NAME: the variables are set for this process, and no file of yours is written.",
  });
}

/** What an earlier start has made; reads only. */
export function keptCertificates(stateDir: string): Certificates {
  return keptIn(join(stateDir, "certificates.json")) ?? noCertificates;
}

const noCertificates: Certificates = {
  for: "",
  goodUntil: 0,
  door: { ca: "", client: { cert: "", key: "" }, doors: {} },
};

function keptIn(file: string): Certificates | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Of an older version, or half a file: nothing depends on these very certificates.
    return undefined;
  }
}

/** The first of two processes that start together wins, and the other one takes its certificates. */
function write(file: string, made: Certificates, replace: boolean): Certificates {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  if (replace) {
    renameSync(part, file);
    return made;
  }
  try {
    linkSync(part, file);
    return made;
  } catch (thrown) {
    const lost = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    const theirs = lost ? keptIn(file) : undefined;
    if (theirs !== undefined) return theirs;
    throw thrown;
  } finally {
    rmSync(part, { force: true });
  }
}
