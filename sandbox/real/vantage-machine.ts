import { fork, type ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import type { Estate } from "../../shared/estate";
import type { Condition } from "../condition";
import { endpointKey, endpointOf, partsOf, type Endpoint } from "../parts";
import { nameOf } from "../secrets";
import type { BlindfoldOrders } from "./blindfold";
import { processMachine, type ProcessMachine, type ProcessStart } from "./process-machine";

export type VantagePlace = {
  estate: Estate;
  vantage: Estate["vantages"][number];
  /** The file that the estate is in: each vantage reads it for itself. */
  config: string;
  secret: string;
  stateDir: string;
  /** The file with the roots that it trusts beside those of the system, as for a company with an authority of its own. */
  roots: string | undefined;
};

const ASK_EVERY_MS = 50;

/**
 * A vantage of the company: the program that a company installs, `switchover vantage`, on a machine whose network the
 * sandbox has in its hands. It is run, never imported, and its environment holds its own secret and no other.
 */
export function vantageMachine(
  { estate, vantage, config, secret, stateDir, roots }: VantagePlace,
  common: Pick<ProcessStart, "register" | "say">,
): ProcessMachine {
  const { name, url } = vantage;
  const listen = endpointOf(url);
  const orders = ({ blindTo }: Condition): BlindfoldOrders => ({ unreachable: endpointsOf(estate, blindTo) });
  const tell = (child: ChildProcess, condition: Condition) =>
    void child.send(orders(condition), ignoreClosed);
  const at = ["--address", listen.address, "--port", String(listen.port)];
  return processMachine({
    ...common,
    name,
    start(condition) {
      const program = join(__dirname, "../../cli/main.js");
      const child = fork(program, ["vantage", "--name", name, "--config", config, ...at], {
        execArgv: ["--require", join(__dirname, "blindfold.js")],
        // Ctrl-C on a terminal reaches every process of the group; the sandbox decides when its parts end.
        detached: true,
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: {
          PATH: process.env["PATH"],
          SWITCHOVER_STATE: stateDir,
          [nameOf(vantage.secret)]: secret,
          ...(roots === undefined ? {} : { NODE_EXTRA_CA_CERTS: roots }),
        },
      });
      tell(child, condition);
      return child;
    },
    ready: (child) => serves(child, listen, name),
    tell,
  });
}

function endpointsOf(estate: Estate, parts: string[]): string[] {
  return partsOf(estate)
    .filter((one) => parts.includes(one.name))
    .flatMap((one) => one.endpoints.map(endpointKey));
}

/** A child that has just died can't be told anything; its end is noticed where it is waited for. */
function ignoreClosed(): void {}

/** Until it takes connections. Rejects when it ends instead; its own sentence is above then. */
async function serves(child: ChildProcess, listen: Endpoint, name: string): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  while (!(await takesConnections(listen))) {
    if (ended()) throw new Error(`${name}'s process ended at its start (exit code ${child.exitCode}).`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

function takesConnections({ address, port }: Endpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (takes: boolean) => {
      socket.destroy();
      resolve(takes);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
