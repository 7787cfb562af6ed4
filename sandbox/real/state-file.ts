import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Estate } from "../../shared/estate";
import type { SavedCompany } from "../company";
import { SandboxRefusal } from "../refusal";
import type { AdminStates } from "./balancer-machine";

/** What survives a restart of the sandbox. It belongs to one estate: another one begins as new. */
export type SavedState = { estate: string; company: SavedCompany; serverStates: Record<string, AdminStates> };

export type StateFile = { read(): SavedState | undefined; write(state: Omit<SavedState, "estate">): void };

export function stateFile(stateDir: string, estate: Estate, say: (line: string) => void): StateFile {
  const file = join(stateDir, "company.json");
  const fingerprint = fingerprintOf(estate);
  return {
    read() {
      if (!existsSync(file)) return undefined;
      const saved = parsed(file);
      if (saved.estate === fingerprint) return saved;
      say("The configuration has changed since the last start: the company begins as new.");
      return undefined;
    },
    write(state) {
      writeFileSync(`${file}.new`, JSON.stringify({ estate: fingerprint, ...state }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

/** Of the company itself; policies and windows may change freely. */
function fingerprintOf(estate: Estate): string {
  const { service, dns, cloudflare, azure, balancers, servers, vantages, people } = estate;
  return createHash("sha256")
    .update(JSON.stringify({ service, dns, cloudflare, azure, balancers, servers, vantages, people }))
    .digest("hex");
}

function parsed(file: string): SavedState {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SavedState;
  } catch (thrown) {
    const hint = `${String(thrown)} Delete the file; the company then begins as new.`;
    throw new SandboxRefusal({ what: "the sandbox's state can't be read", where: "file", value: file, hint });
  }
}
