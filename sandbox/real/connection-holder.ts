import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { servesTls } from "../../shared/certificate";
import type { Estate } from "../../shared/estate";
import type { Endpoint } from "../parts";

/** Often enough that HAProxy (`timeout client`) and the server never see a client that is gone. */
const DRIP_MS = 2_000;

/** Whoever opens connections and never ends them: each sends a request that goes on for ever, a byte at a time. */
export type ConnectionHolder = { hold(connections: number): void };

export function connectionHolder(endpoint: Endpoint, estate: Estate): ConnectionHolder {
  const { hostname } = estate.service;
  const head = `POST /upload HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 1000000\r\n\r\n`;
  const sockets = new Set<Socket>();
  let wanted = 0;
  let timer: NodeJS.Timeout | undefined;

  function drip(): void {
    for (const socket of sockets) if (socket.writable) socket.write(".");
    while (sockets.size < wanted) open();
  }

  function open(): void {
    const at = { host: endpoint.address, port: endpoint.port };
    const begin = () => socket.write(head);
    const socket: Socket = servesTls(estate)
      ? connectTls({ ...at, servername: hostname, rejectUnauthorized: false }, begin)
      : connect(at, begin);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.resume();
    sockets.add(socket);
  }

  return {
    hold(connections) {
      wanted = connections;
      clearInterval(timer);
      if (wanted === 0) {
        for (const socket of sockets) socket.destroy();
        return;
      }
      timer = setInterval(drip, DRIP_MS);
      drip();
    },
  };
}
