import { azureMachines } from "../../adapters/azure-machines";
import type { RecoveryError } from "../../shared/errors";
import type { MachinePort } from "../../shared/world";
import { eventually, type Body } from "./body";
import { signsNow, wellSigns } from "./signs";

/** The same promises of the sandbox's Azure in memory and on real sockets, met by the adapter that meets the real one. */
export function azureContract(name: string, body: () => Body): void {
  const machine = (part: string): MachinePort => {
    const { estate, secrets, fetch } = body();
    const now = () => new Date(body().nowMs()).toISOString();
    const port = azureMachines({ estate, secrets, fetch, now })(part);
    if (port === undefined) throw new Error(`${part} has no machine`);
    return port;
  };
  const changes = async () =>
    (await body().effects()).map((one) => `${one.by} ${one.kind} ${one.resource} ${one.old}→${one.new}`);
  const well = () => eventually(body(), () => signsNow(body()), wellSigns(body()));

  describe(`${name}: Azure`, () => {
    beforeEach(async () => {
      await body().reset();
      await well();
    });

    test("tells a dead process from a machine that is off, and its service starts again", async () => {
      await body().break("balancer-process-down", "killed");
      const lb = machine("lb-1");
      expect(await lb.power()).toBe("running");
      expect(await lb.service()).toHaveProperty("underWay");
      await eventually(body(), () => lb.service(), "failed");
      await lb.startService();
      await eventually(body(), () => lb.service(), "active");
      await well();
      expect(await changes()).toEqual(["azure service-state service/lb-1/haproxy failed→active"]);
    }, 120_000);

    test("starts a machine, and its service with it", async () => {
      await body().break("api-server-down", "powered-off");
      const server = machine("api-main");
      expect(await server.power()).toBe("stopped");
      await server.start();
      // Somebody who has begun nothing sees it too.
      expect(await machine("api-main").power()).toBe("starting");
      await eventually(body(), () => server.power(), "running");
      await well();
      expect(await changes()).toEqual(["azure machine-power machine/api-main stopped→running"]);
    }, 120_000);

    test("says of a service that was stopped cleanly, and of one that does not come up, what it is", async () => {
      await body().break("balancer-process-down", "stopped");
      const stopped = machine("lb-1");
      await eventually(body(), () => stopped.service(), "inactive");
      await body().break("balancer-process-down", "broken");
      const broken = machine("lb-1");
      await broken.startService();
      await eventually(body(), () => broken.service(), "failed");
    }, 120_000);

    test("runs one command at a time on a machine, and none on one that is off or given back", async () => {
      const codeOf = (work: Promise<unknown>) => work.then(String, (thrown: RecoveryError) => thrown.code);
      await machine("api-backup").service();
      expect(await codeOf(machine("api-backup").startService())).toBe("MACHINE_BUSY");
      expect(await machine("api-backup").service()).toHaveProperty("underWay");
      await body().break("api-server-down", "deallocated");
      expect(await machine("api-main").power()).toBe("deallocated");
      expect(await codeOf(machine("api-main").startService())).toBe("MACHINE_REFUSED");
      await body().break("balancer-host-down", "with-azure");
      expect(await codeOf(machine("lb-1").power())).toBe("AZURE_FAILED");
      await body().cut("azure");
      expect(await codeOf(machine("lb-1").power())).toBe("AZURE_UNREACHABLE");
      await body().mend("azure");
      expect(await changes()).toEqual([]);
    }, 120_000);
  });
}
