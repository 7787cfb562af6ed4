import { connect } from "node:net";
import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import { endpointOf } from "../parts";
import type { TrueServer } from "../types";
import type { Where } from "./listening";

/** One command to HAProxy's command line and its whole answer. Rejects when nothing is said in time. */
export function haproxyCommand(runtimeApi: string, command: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(connectable(runtimeEndpoint({ runtimeApi })), () => socket.end(`${command}\n`));
    let answer = "";
    socket.setEncoding("utf8");
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${runtimeApi}: timed out`)));
    socket.on("data", (text: string) => (answer += text));
    socket.on("error", reject);
    socket.on("end", () => resolve(answer));
  });
}

function connectable(where: Where) {
  return "path" in where ? where : { host: where.address, port: where.port };
}

export function runtimeEndpoint({ runtimeApi }: Pick<Balancer, "runtimeApi">): Where {
  return runtimeApi.startsWith("unix://")
    ? { path: runtimeApi.slice("unix://".length) }
    : endpointOf(runtimeApi.replace(/^t(cp|ls):/, "http:"));
}

/** From `show servers state`: the admin state is a bit mask, 1, 2, 4 and 32 kinds of maintenance, 8 and 16 of drain. */
export function adminStatesIn(answer: string): Record<string, AdminState> {
  const states: Record<string, AdminState> = {};
  for (const line of answer.split("\n")) {
    const [id, , , server, , , admin] = line.split(" ");
    if (server === undefined || admin === undefined || !/^\d+$/.test(id ?? "")) continue;
    const bits = Number(admin);
    states[server] = bits & 0b10_0111 ? "maint" : bits & 0b1_1000 ? "drain" : "ready";
  }
  return states;
}

/** From `show stat`, by the names in its header. */
export function trueServersIn(answer: string, balancer: string): TrueServer[] {
  const lines = answer.split("\n");
  const columns =
    lines
      .find((line) => line.startsWith("# pxname"))
      ?.slice(2)
      .split(",") ?? [];
  return lines
    .map((line) => Object.fromEntries(line.split(",").map((value, index) => [columns[index] ?? "", value])))
    .filter((row) => row["type"] === "2")
    .map((row) => ({
      balancer,
      name: row["svname"] ?? "",
      status: row["status"] ?? "",
      backup: row["bck"] === "1",
      errors: Number(row["hrsp_5xx"]),
      sessions: Number(row["scur"]),
    }));
}
