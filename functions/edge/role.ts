import { app as everyApp } from "@azure/functions";

/**
 * The name of the vantage that this deployment is, from `SWITCHOVER_VANTAGE`, or undefined: then it is the one that
 * recovers. A vantage registers nothing but its own two routes, so that it has no timer, no orchestration, no page.
 */
export function vantageName(): string | undefined {
  const name = process.env["SWITCHOVER_VANTAGE"]?.trim() ?? "";
  return name === "" ? undefined : name;
}

/** Where a function that belongs to recovering is registered. In a vantage it isn't. */
export const app: Pick<typeof everyApp, "http" | "timer"> = {
  http: (name, options) => void (vantageName() === undefined && everyApp.http(name, options)),
  timer: (name, options) => void (vantageName() === undefined && everyApp.timer(name, options)),
};
