import { type Rig, rig } from "../harness";

export type ManagementRig = Rig & {
  /** Calls the management API, with the system key unless another is given. */
  call: (
    method: string,
    path: string,
    options?: { body?: string; type?: string | null; key?: string; headers?: Record<string, string> },
  ) => Promise<{ status: number; headers: Headers; text: string; json: unknown }>;
};

/** The root of the management API. */
export const root = "/runtime/webhooks/durabletask";

/** A host with one instance in each state: done, running, failed, stopped, paused. */
export async function managementRig(): Promise<ManagementRig> {
  const here = await rig({ hostJson: { extensions: { durableTask: { hubName: "RealHub" } } } });
  await here.start("hello", "done");
  await here.start("waiter", "running");
  await here.start("orchthrow0", "failed", { a: 1 });
  await here.start("waiter", "stopped");
  await here.start("waiter", "paused");
  await here.host.runUntilIdle();
  await here.client("terminate", "stopped", { reason: "enough" });
  await here.client("suspend", "paused", { reason: "wait" });
  await here.host.runUntilIdle();
  return {
    ...here,
    async call(method, path, options = {}) {
      const url = new URL(`http://localhost${root}${path}`);
      url.searchParams.set("code", options.key ?? here.host.keys().system);
      const headers = new Headers(options.headers);
      if (options.type) {
        headers.set("content-type", options.type);
      }
      const body = options.body === undefined ? null : Buffer.from(options.body);
      const response = await here.host.fetch(new Request(url, { method, headers, body }));
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
