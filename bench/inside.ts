import { join } from "node:path";
import { type App, type Host, loadApp, openHost } from "../host/index";
import { marks } from "./marks";
import { callerInside } from "./caller";
import { DEADLINE_MS, inTime } from "./deadline";
import { Arrivals, type Target, throughFunctions, throughManagement } from "./target";

export const appFolder = join(__dirname, "../../bench/app");

let loading: Promise<App> | undefined;

/** Modules register their functions when they are loaded, and are loaded once in a process. */
export function loadWorkload(): Promise<App> {
  loading ??= loadApp({ directory: appFolder });
  return loading;
}

/** A host in this process. `client`: driven through the app's functions and the durable client. */
export async function openInside(state: string, options: { client: boolean }): Promise<Target> {
  const app = await loadWorkload();
  const host = await openHost({ app, stateFile: join(state, "host.db"), mode: "live" });
  const call = callerInside(host);
  const asked = new Arrivals("ask for approval");
  const verified = new Arrivals("get as far as its last step");
  marks.on("notify", (id: string) => asked.arrived(id));
  if (options.client) {
    marks.on("verify", (id: string) => verified.arrived(id));
  }
  const ended = async (id: string): Promise<void> => {
    await verified.of(id);
    const until = performance.now() + DEADLINE_MS;
    for (let is = statusOf(host, id); is !== "Completed"; is = statusOf(host, id)) {
      if (is !== "Running" || performance.now() > until) {
        throw new Error(`${id} is ${is}, and was to be completed within ${DEADLINE_MS / 1_000} s.`);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    ...throughManagement(call, host.keys().system),
    ...(options.client ? throughFunctions(call, ended) : {}),
    asked: (id) => asked.of(id),
    usage() {
      const { user, system } = process.cpuUsage();
      return { cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 2 ** 20 };
    },
    close: () => inTime("The host did not close", DEADLINE_MS, () => host.close()),
    async kill() {
      host.abandon();
    },
  };
}

const statusOf = (host: Host, id: string): string => host.status(id)?.runtimeStatus ?? "unknown";
