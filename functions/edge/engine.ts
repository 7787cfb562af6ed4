import type { DurableClient } from "durable-functions";
import type { Engine } from "../../shared/engine";
import { textOf } from "../../shared/errors";
import type { World } from "../../shared/world";

/** The durable client's own calls have no deadline (F-39); what takes longer is unknown, and the sweep finds out. */
const DEADLINE_MS = 10_000;

const ENDED = new Set<string>(["Completed", "Failed", "Terminated", "Canceled"]);

/** The durable engine, as detection and the edge may use it. */
export function durableEngine(client: DurableClient, world: World): Engine {
  return {
    async start(orchestration, fence) {
      try {
        const { windows, escalation: levels } = world.estate.policy;
        const input = { fence, windows, levels };
        await soon(client.startNew(orchestration, { instanceId: fence.instance, input }));
      } catch (thrown) {
        // 409: it runs already, which is what was wanted.
        if (!textOf(thrown).includes("409")) throw thrown;
      }
    },
    async state(instance) {
      try {
        const status = await soon(client.getStatus(instance));
        return ENDED.has(status.runtimeStatus) ? "ended" : "alive";
      } catch (thrown) {
        if (textOf(thrown).includes("404")) return "missing";
        throw thrown;
      }
    },
    async ring(instance) {
      try {
        await soon(client.raiseEvent(instance, "bell", { rung: true }));
      } catch {
        // A lost bell costs one tick: every wait reads the ledger by itself.
      }
    },
  };
}

async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`ENGINE_SILENT: no answer within ${DEADLINE_MS / 1_000} s.`)),
      DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
