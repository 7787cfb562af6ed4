import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "otpauth";
import { z } from "zod";
import type { Estate } from "../shared/estate";
import { SandboxRefusal } from "./refusal";

const fileSchema = z.record(z.string(), z.string());

/**
 * The value of every `env:NAME` of the estate, by NAME. Made at the first start and kept in the
 * state folder, readable by this user only; a variable that is set already wins.
 */
export function sandboxSecrets(stateDir: string, estate: Estate): Record<string, string> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = join(stateDir, "secrets.json");
  const kept = keptSandboxSecrets(stateDir);
  const wanted = secretNames(estate);
  const missing = wanted.filter((one) => kept[one.name] === undefined);
  const all = {
    ...kept,
    ...Object.fromEntries(missing.map((one) => [one.name, madeSecret(one.oneTimeCode)])),
  };
  const settled = missing.length === 0 ? kept : writeSecrets(file, all, existsSync(file));
  return Object.fromEntries(wanted.map(({ name }) => [name, process.env[name] ?? settled[name] ?? ""]));
}

/** What an earlier start has made, by NAME; reads only. */
export function keptSandboxSecrets(stateDir: string): Record<string, string> {
  const file = join(stateDir, "secrets.json");
  return existsSync(file) ? readSecrets(file) : {};
}

function secretNames(estate: Estate): { name: string; oneTimeCode: boolean }[] {
  const azure = estate.azure?.token;
  const plain = [
    estate.cloudflare.token,
    ...(azure === undefined ? [] : [azure]),
    estate.nagios.secret,
    ...estate.vantages.map((one) => one.secret),
  ];
  const all = [
    ...plain.map((ref) => ({ name: nameOf(ref), oneTimeCode: false })),
    ...estate.people.map((one) => ({ name: nameOf(one.totp), oneTimeCode: true })),
  ];
  return all.filter((one, index) => all.findIndex((other) => other.name === one.name) === index);
}

export function nameOf(ref: string): string {
  return ref.replace(/^env:/, "");
}

/** One-time code secrets are 160 bits in base32, as authenticator apps want them (RFC 4226 §4). */
function madeSecret(oneTimeCode: boolean): string {
  return oneTimeCode ? new Secret({ size: 20 }).base32 : randomBytes(32).toString("base64");
}

function readSecrets(file: string): Record<string, string> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (thrown) {
    const hint = "Delete the file; new secrets are made at the next start.";
    throw new SandboxRefusal({
      what: "the sandbox's secrets can't be read",
      where: "file",
      value: file,
      hint: `${String(thrown)} ${hint}`,
    });
  }
}

/** The first of two processes that start together wins, and the other one takes its secrets. */
function writeSecrets(
  file: string,
  secrets: Record<string, string>,
  replace: boolean,
): Record<string, string> {
  const made = `${file}.${process.pid}`;
  writeFileSync(made, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  if (replace) {
    renameSync(made, file);
    return secrets;
  }
  try {
    linkSync(made, file);
    return secrets;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST") return readSecrets(file);
    throw thrown;
  } finally {
    rmSync(made, { force: true });
  }
}
