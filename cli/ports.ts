import { createServer } from "node:net";
import { RecoveryError } from "../shared/errors";

export function portFrom(variable: string, otherwise: number): number {
  const text = process.env[variable] ?? "";
  if (text === "") return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new RecoveryError("BAD_PORT", `${variable} is "${text}".`, "Use a number from 1 to 65535.");
}

const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/** One sentence when somebody has the port; a predecessor that is still dying gets a moment. */
export async function refuseTaken(port: number, what: string, variable: string): Promise<void> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    if (await isFree(port)) return;
    if (waited >= PATIENCE_MS) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new RecoveryError(
    "PORT_TAKEN",
    `Port ${port} of 127.0.0.1, meant for ${what}, is taken.`,
    `Stop what has it, or choose another with ${variable}.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
