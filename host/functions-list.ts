import type { Route } from "./http/router";
import type { App } from "./app/app";
import type { TimerTrigger } from "./timers/timer-trigger";

/** A function as it is listed for people. */
export type FunctionDescription = {
  name: string;
  trigger: string;
  /** With the prefix, without a leading slash. */
  route?: string;
  methods?: string[];
  /** Settings resolved. */
  schedule?: string;
};

export function describeFunctions(app: App, routes: Route[], timers: TimerTrigger[]): FunctionDescription[] {
  return app.functions.map(({ name, trigger }) => {
    const route = routes.find(({ fn }) => fn.name === name);
    const timer = timers.find(({ fn }) => fn.name === name);
    return {
      name,
      trigger: trigger.type,
      ...(route ? { route: route.template, methods: route.methods } : {}),
      ...(timer ? { schedule: timer.schedule.text } : {}),
    };
  });
}
