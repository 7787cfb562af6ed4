import { RecoveryError } from "../shared/errors";

/** `node:sqlite` without a flag: https://nodejs.org/docs/latest-v22.x/api/sqlite.html */
export const NODE_NEEDED = [22, 13] as const;

/** Asked before anything else is loaded: a Node without `node:sqlite` fails at that, with a stack and no hint. */
export function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [least, leastMinor] = NODE_NEEDED;
  if (major > least || (major === least && minor >= leastMinor)) return;
  throw new RecoveryError(
    "NODE_TOO_OLD",
    `This is Node ${version}; ${NODE_NEEDED.join(".")} or newer is needed.`,
    "Use npm start, or npx switchover in the folder of the checkout: both bring their own Node.",
  );
}
