import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import { shownBy, type Certificates } from "../certificates";
import type { Company } from "../company";
import { runtimeAnswer } from "../haproxy/runtime-api";
import { haproxyLife } from "../haproxy/life";
import type { Haproxy } from "../haproxy/stand-in";
import { trueServer } from "../haproxy/true-server";
import type { Condition } from "../condition";
import type { EffectBy } from "../types";
import { neverAnswers, runLater, type Call, type Reply } from "../wire";
import { noteServerState, type AdminStates, type BalancerMachine } from "./balancer-machine";
import { commandListener } from "./command-listener";
import { httpListener } from "./http-listener";

type Network = (call: Call) => Promise<Reply>;

/** A balancer on a machine without HAProxy: the same behaviour as in memory, over sockets, in the sandbox's own process. */
export function standInMachine({
  company,
  balancer,
  network,
  saved,
  certificates,
}: {
  company: Company;
  balancer: Balancer;
  network: Network;
  saved: AdminStates;
  certificates: Certificates;
}): BalancerMachine {
  const life = haproxyLife(company.estate, balancer, company.clock);
  let haproxy: Haproxy | undefined;
  /** What was set at run time before the sandbox was restarted; it dies with the process like everything else. */
  let remembered = saved;
  const { address, port } = balancer;
  const service = httpListener(
    { address, port },
    balancer.name,
    async (request) => (haproxy === undefined ? neverAnswers : runLater(haproxy.forward(request), network)),
    () => shownBy(certificates, company.breakage.condition(balancer.name).setup),
  );
  const commands = commandListener(balancer, certificates, (line) => answerTo(line, "runtime-api"));

  function answerTo(line: string, by: EffectBy): string {
    if (haproxy === undefined) return "";
    return runtimeAnswer(haproxy, line, company.clock(), (member, state, apply) =>
      noteServerState(company, balancer, { server: member.name, old: member.admin, new: state, by }, apply),
    );
  }

  async function apply({ net, setup }: Pick<Condition, "net" | "setup">): Promise<void> {
    haproxy = life.apply({ net, setup });
    for (const member of haproxy?.members ?? []) member.admin = remembered[member.name] ?? member.admin;
    remembered = {};
    await Promise.all([service.apply(setup.config === "wrong-port" ? "refused" : net), commands.apply(net)]);
  }

  return {
    haproxy: "a stand-in",
    real: false,
    apply,
    stop: async () => void (await Promise.all([service.stop(), commands.stop()])),
    async restart(condition) {
      life.end();
      await apply(condition);
    },
    pid: () => (haproxy === undefined ? null : process.pid),
    look: async () => undefined,
    async tick() {
      life.topUp();
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
