import type { Instance, RuntimeStatus } from "../store/instances";
import { parsed } from "./parsed";
import type { RenderedEvent } from "./render-history";

/** An instance as the management API shows it. Times are ISO 8601 to the second. */
export type InstanceStatus = {
  name: string;
  instanceId: string;
  runtimeStatus: RuntimeStatus;
  input: unknown;
  customStatus: unknown;
  /** Of a terminated or suspended instance the reason. */
  output: unknown;
  createdTime: string;
  lastUpdatedTime: string;
  historyEvents?: RenderedEvent[];
};

export function statusOf(instance: Instance, options: { showInput: boolean }): InstanceStatus {
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: instance.status,
    input: options.showInput ? parsed(instance.input) : null,
    customStatus: parsed(instance.customStatus),
    output: parsed(instance.output),
    createdTime: seconds(instance.created),
    lastUpdatedTime: seconds(instance.updated),
  };
}

const seconds = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
