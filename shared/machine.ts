import { z } from "zod";

/** A machine's power, as Azure's instance view says it. `deallocated`: somebody gave it back, which no failure does. */
export type PowerState = "running" | "starting" | "stopping" | "stopped" | "deallocated" | "unknown";

/** A systemd service. `inactive` was stopped cleanly, `failed` died or did not come up. */
export type ServiceState = "active" | "inactive" | "failed";

/** No answer yet: the question, or what it is about, takes longer than one activity may. In a sentence. */
export type UnderWay = { underWay: string };

export function isUnderWay(value: unknown): value is UnderWay {
  return typeof value === "object" && value !== null && "underWay" in value;
}

const VM_ID =
  /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/resourceGroups\/([\w.()-]{0,89}[\w()-])\/providers\/Microsoft\.Compute\/virtualMachines\/([A-Za-z0-9](?:[\w.-]{0,62}\w)?)$/i;

/** No option (`-x`), no path, no shell: the name goes into a script on the machine. */
export const SERVICE_NAME = /^[a-z0-9][a-z0-9_.@-]{0,62}$/;

/** The machine under a part, and the systemd service on it that makes the part serve. */
export const vm = z.strictObject({
  id: z
    .string()
    .regex(
      VM_ID,
      "write the id as Azure shows it: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/virtualMachines/…",
    ),
  service: z.string().regex(SERVICE_NAME, 'write a systemd service without ".service", such as haproxy'),
});

/** What the id says. Throws on one that the configuration would have refused. */
export function vmAddress(id: string): { subscription: string; group: string; name: string } {
  const [, subscription, group, name] = VM_ID.exec(id) ?? [];
  if (subscription === undefined || group === undefined || name === undefined)
    throw new Error(`"${id}" is not the id of a virtual machine`);
  return { subscription, group, name };
}
