import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import type { Company } from "../company";
import { runtimeAnswer } from "../haproxy/runtime-api";
import { startHaproxy, type Haproxy } from "../haproxy/stand-in";
import { trueServer } from "../haproxy/true-server";
import type { Condition } from "../condition";
import type { EffectBy } from "../types";
import { neverAnswers, runLater, type Call, type Reply } from "../wire";
import { noteServerState, type AdminStates, type BalancerMachine } from "./balancer-machine";
import { runtimeEndpoint } from "./command-line";
import { httpListener } from "./http-listener";
import { bindWithPatience, listenAt } from "./listening";

type Network = (call: Call) => Promise<Reply>;

/** A balancer on a machine without HAProxy: the same behaviour as in memory, over sockets, in the sandbox's own process. */
export function standInMachine(
  company: Company,
  balancer: Balancer,
  network: Network,
  saved: AdminStates,
): BalancerMachine {
  let haproxy: Haproxy | undefined;
  /** What was set at run time before the sandbox was restarted; it dies with the process like everything else. */
  let remembered = saved;
  const { address, port } = balancer;
  const service = httpListener({ address, port }, balancer.name, async (request) =>
    haproxy === undefined ? neverAnswers : runLater(haproxy.forward(request), network),
  );
  const commands = commandListener(balancer, (line) => answerTo(line, "runtime-api"));

  function begin(): Haproxy {
    const made = startHaproxy(company.estate, balancer, company.clock);
    for (const member of made.members) member.admin = remembered[member.name] ?? "ready";
    return made;
  }

  function answerTo(line: string, by: EffectBy): string {
    if (haproxy === undefined) return "";
    return runtimeAnswer(haproxy, line, company.clock(), (member, state, apply) =>
      noteServerState(company, balancer, { server: member.name, old: member.admin, new: state, by }, apply),
    );
  }

  async function apply({ net }: Pick<Condition, "net">): Promise<void> {
    haproxy = net === "refused" ? undefined : (haproxy ?? begin());
    remembered = {};
    await Promise.all([service.apply(net), commands.apply(net)]);
  }

  return {
    haproxy: "a stand-in",
    real: false,
    apply,
    stop: async () => void (await Promise.all([service.stop(), commands.stop()])),
    async restart(condition) {
      haproxy = undefined;
      await apply(condition);
    },
    pid: () => (haproxy === undefined ? null : process.pid),
    look: async () => undefined,
    async tick() {
      const checked = haproxy;
      await Promise.all(
        (checked?.members ?? []).map(async (one) => checked && runLater(checked.check(one), network)),
      );
    },
    truth: () => haproxy?.members.map((one) => trueServer(balancer.name, one, company.clock())) ?? [],
    adminStates: () => Object.fromEntries(haproxy?.members.map((one) => [one.name, one.admin]) ?? []),
    async setServer(server: string, state: AdminState) {
      answerTo(`set server ${balancer.backend}/${server} state ${state}`, "somebody");
    },
  };
}

/** HAProxy's command line over TCP or a Unix socket: a line in, the answer out, closed. */
function commandListener(balancer: Balancer, answer: (line: string) => string) {
  let server: Server | undefined;
  let silent = false;
  const sockets = new Set<Socket>();

  // Half open, because a client that has sent its command may say so, and still wants the answer, or silence.
  function onConnection(socket: Socket): void {
    sockets.add(socket);
    let line = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      line += text;
      if (!silent && line.includes("\n")) socket.end(answer(line));
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
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
        const made = createServer({ allowHalfOpen: true }, onConnection);
        await listenAt(made, at);
        server = made;
      });
    },
  };
}
