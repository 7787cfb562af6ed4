import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Balancer } from "../../shared/estate";
import type { Certificates } from "../certificates";
import type { Condition } from "../condition";
import { doorAllows, isGuarded } from "../haproxy/door";
import { runtimeEndpoint } from "./command-line";
import { bindWithPatience, listenAt } from "./listening";

/** A stand-in's command line over TCP, a Unix socket or a guarded door: a line in, the answer out, closed. */
export function commandListener(
  balancer: Balancer,
  certificates: Certificates,
  answer: (line: string) => string,
) {
  let server: Server | undefined;
  let silent = false;
  const sockets = new Set<Socket>();
  const guarded = isGuarded(balancer);

  // Half open, because a client that has sent its command may say so, and still wants the answer, or silence.
  function onConnection(socket: Socket): void {
    sockets.add(socket);
    let line = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      line += text;
      if (silent || !line.includes("\n")) return;
      if (guarded && !doorAllows(line)) socket.destroy();
      else socket.end(answer(line));
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  }

  function newServer(): Server {
    const door = certificates.door.doors[balancer.name];
    if (!guarded || door === undefined) return createServer({ allowHalfOpen: true }, onConnection);
    const { cert, key } = door;
    const clients = { ca: certificates.door.ca, requestCert: true, rejectUnauthorized: true };
    return createTlsServer({ cert, key, ...clients, allowHalfOpen: true }, onConnection);
  }

  async function stop(): Promise<void> {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  }

  return {
    stop,
    async apply(net: Condition["net"]) {
      silent = net === "dropped" || net === "hung";
      if (net === "refused") return stop();
      if (server !== undefined) return undefined;
      const at = runtimeEndpoint(balancer);
      return bindWithPatience(at, `${balancer.name}'s Runtime API`, async () => {
        if ("path" in at) rmSync(at.path, { force: true });
        const made = newServer();
        await listenAt(made, at);
        server = made;
      });
    },
  };
}
