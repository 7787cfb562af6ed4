import { readFileSync, statSync } from "node:fs";
import { HostError, messageOf } from "../host-error";

/** SQLite's primary result codes that have a sentence of their own. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

export function sqliteCode(error: unknown): number {
  const code = typeof error === "object" && error !== null && "errcode" in error ? error.errcode : 0;
  return typeof code === "number" ? code & 0xff : 0;
}

/** One sentence for a state file that can't be used: what is wrong with which file, and what to do. */
export function openError(file: string, error: unknown): HostError {
  const cause = { cause: error };
  if (/^E(ACCES|PERM|ROFS|NOTDIR|NOENT|ISDIR)$/.test((error as NodeJS.ErrnoException).code ?? "")) {
    return new HostError(
      "state-readonly",
      `The state file ${file} can't be written (${messageOf(error)}): check that its folder exists and belongs to you.`,
      cause,
    );
  }
  switch (sqliteCode(error)) {
    case BUSY:
    case LOCKED:
      return new HostError(
        "state-locked",
        `The state file ${file} is in use by another host${holder(file)}: stop that one first, or give this one a state of its own.`,
        cause,
      );
    case CORRUPT:
    case NOTADB:
      return new HostError(
        "state-corrupt",
        `The state file ${file} is damaged (${messageOf(error)}): move it away and start afresh, or restore a copy.`,
        cause,
      );
    case READONLY:
    case CANTOPEN:
      return new HostError(
        "state-readonly",
        `The state file ${file} can't be written (${messageOf(error)}): check that its folder exists and belongs to you.`,
        cause,
      );
    case FULL:
      return new HostError(
        "state-unusable",
        `The disk that holds the state file ${file} is full: free some space and start again.`,
        cause,
      );
    default:
      return new HostError(
        "state-unusable",
        `The state file ${file} can't be opened: ${messageOf(error)}.`,
        cause,
      );
  }
}

/** Names the process that holds the lock, where the system tells (Linux lists locks by inode). */
function holder(file: string): string {
  try {
    const inode = String(statSync(file).ino);
    for (const line of readFileSync("/proc/locks", "utf8").split("\n")) {
      const fields = line.trim().split(/\s+/);
      if (fields[5]?.split(":")[2] === inode && fields[3] === "WRITE") {
        return ` (process ${fields[4]})`;
      }
    }
  } catch {
    // Not Linux, or the file is gone: the sentence does without the number.
  }
  return "";
}
