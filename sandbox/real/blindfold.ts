import { Socket as Datagrams } from "node:dgram";
import { Socket } from "node:net";
import { endpointKey } from "../parts";

/** What a vantage's machine is told: `address:port` of everything that its packets don't reach. */
export type BlindfoldOrders = { unreachable: string[] };

/**
 * The network of a vantage's machine, loaded into its process with `--require`: packets to some places vanish on the
 * way. The vantage itself is the deployable program and knows nothing of it. The process ends with the sandbox.
 */
if (process.execArgv.includes(__filename)) {
  let unreachable: string[] = [];
  const vanishes = (target: { address: string; port: number } | undefined) =>
    target !== undefined && unreachable.includes(endpointKey(target));
  blindStreams(vanishes);
  blindDatagrams(vanishes);
  process.on("disconnect", () => process.exit(0));
  process.on("message", (message) => {
    ({ unreachable } = message as BlindfoldOrders);
    process.send?.({ ready: true });
  });
}

type Vanishes = (target: { address: string; port: number } | undefined) => boolean;

function blindStreams(vanishes: Vanishes): void {
  const connect = Reflect.get(Socket.prototype, "connect") as (...given: unknown[]) => Socket;
  Socket.prototype.connect = function blindConnect(this: Socket, ...given: unknown[]): Socket {
    if (!vanishes(targetOf(given))) return connect.apply(this, given);
    // As a socket whose first packet nobody answers: what is written waits, and only a deadline ends it.
    return Object.assign(this, { connecting: true });
  };
}

/** Only connected sockets are blinded: the name servers are asked by those. */
function blindDatagrams(vanishes: Vanishes): void {
  const connect = Reflect.get(Datagrams.prototype, "connect") as (...given: unknown[]) => void;
  Datagrams.prototype.connect = function blindConnect(this: Datagrams, ...given: unknown[]): void {
    const [port, address] = given;
    if (!vanishes(endpoint(address, port))) connect.apply(this, given);
  };
}

/** The callers give options, or port and host, or (Node itself) a list that begins with options. */
function targetOf(given: unknown[]): ReturnType<typeof endpoint> {
  const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
  if (typeof first !== "object" || first === null) return endpoint(second, first);
  const { host, port } = first as { host?: unknown; port?: unknown };
  return endpoint(host, port);
}

function endpoint(address: unknown, port: unknown): { address: string; port: number } | undefined {
  return typeof address === "string" && Number(port) > 0 ? { address, port: Number(port) } : undefined;
}
