import type { Server as NetServer } from "node:net";
import { endpointKey, type Endpoint } from "../parts";
import { SandboxRefusal } from "../refusal";

export type Where = Endpoint | { path: string };

/** How long a port may stay taken by a predecessor that is still dying. */
const PATIENCE_MS = 3_000;
const RETRY_MS = 100;

/** Runs `bind` until the address is free, for three seconds at most; then one sentence says what is wrong. */
export async function bindWithPatience(
  endpoint: Where,
  what: string,
  bind: () => Promise<void>,
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await bind();
      return;
    } catch (thrown) {
      const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
      if (code !== "EADDRINUSE" || performance.now() > until) throw explained(thrown, code, endpoint, what);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export function listenAt(server: NetServer, where: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen("path" in where ? where : { port: where.port, host: where.address }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

const hints: Record<string, string> = {
  EADDRINUSE: "Something else listens there: stop it, or change the address in the configuration.",
  EADDRNOTAVAIL:
    "This machine has no such address. Linux has all of 127.0.0.0/8; on macOS give each address of the estate to the loopback first: sudo ifconfig lo0 alias ADDRESS.",
  EACCES: "This user may not listen there: choose a port above 1023.",
};

function explained(thrown: unknown, code: string, where: Where, what: string): unknown {
  const hint = hints[code];
  return hint === undefined
    ? thrown
    : new SandboxRefusal({
        what: `${what} can't listen (${code})`,
        where: "its address",
        value: "path" in where ? where.path : endpointKey(where),
        hint,
      });
}
