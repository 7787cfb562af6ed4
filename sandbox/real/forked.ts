import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Estate, Server } from "../../shared/estate";
import type { Condition } from "../condition";
import type { Endpoint } from "../parts";
import { processMachine, type ProcessMachine, type ProcessStart } from "./process-machine";

/** What an API server's process is told: all of it at the start, the behaviour again whenever it changes. */
export type ServerOrders = {
  listen: Endpoint;
  name: string;
  service: Pick<Estate["service"], "healthPath" | "customerPath">;
  behaves: Condition["behaves"];
};
/** A child says that it serves, or why it can't. */
export type ChildReport = { ready: true } | { failed: string };

type Common = Pick<ProcessStart, "register" | "say">;

export function serverMachine(estate: Estate, server: Server, common: Common): ProcessMachine {
  const { healthPath, customerPath } = estate.service;
  const { name, address, port } = server;
  const orders = ({ behaves }: Condition): ServerOrders => ({
    listen: { address, port },
    name,
    service: { healthPath, customerPath },
    behaves,
  });
  return forkedMachine(name, "server-process.js", orders, common);
}

/** A Node process with a lifeline: it ends when the channel to the sandbox closes. */
function forkedMachine(
  name: string,
  script: string,
  orders: (condition: Condition) => object,
  common: Common,
): ProcessMachine {
  return processMachine({
    ...common,
    name,
    start(condition) {
      const child = fork(join(__dirname, "..", script), [name], {
        execArgv: [],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      child.send(orders(condition), ignoreClosed);
      return child;
    },
    ready: (child) => firstReport(child, name),
    tell: (child, condition) => void child.send(orders(condition), ignoreClosed),
  });
}

/** A child that has just died can't be told anything; its end is noticed where it is waited for. */
function ignoreClosed(): void {}

function firstReport(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => {
      const report = message as ChildReport;
      if ("failed" in report) reject(new Error(report.failed));
      else resolve();
    });
    child.once("exit", (code) =>
      reject(new Error(`${name}'s process ended at its start (exit code ${code}).`)),
    );
  });
}
