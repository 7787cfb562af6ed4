import type { App, AppFunction } from "../app/app";
import { readTemplate, type RouteMatcher } from "./route-template";

export type Route = {
  fn: AppFunction;
  /** With the prefix, without a leading slash. */
  template: string;
  methods: string[];
  match: RouteMatcher;
};

/** Paths under these belong to the host. */
const reserved = /^(admin|runtime)(\/|$)/i;

const text = (value: unknown, fallback: string) => (typeof value === "string" ? value : fallback);

/**
 * The routes in the order in which they are tried: by the name of the function, ignoring case, and by nothing else,
 * as on Azure. Unreadable ones are reported and left out.
 */
export function readRoutes(app: App, prefix: string): { routes: Route[]; problems: string[] } {
  const problems: string[] = [];
  const routes: Route[] = [];
  for (const fn of app.functions) {
    if (fn.kind !== "http") {
      continue;
    }
    const route = text(fn.trigger["route"], "") || fn.name;
    const template = [prefix, route.replace(/^\/+|\/+$/g, "")].filter((part) => part !== "").join("/");
    const methods = (Array.isArray(fn.trigger["methods"]) ? fn.trigger["methods"] : ["GET", "POST"]).map(
      (method) => String(method).toUpperCase(),
    );
    if (reserved.test(template)) {
      problems.push(`Function '${fn.name}' can't be reached: the path '/${template}' belongs to the host.`);
      continue;
    }
    try {
      routes.push({ fn, template, methods, match: readTemplate(template) });
    } catch (error) {
      problems.push(`Function '${fn.name}' can't be reached: ${(error as Error).message}`);
    }
  }
  const key = ({ fn }: Route) => fn.name.toLowerCase();
  routes.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { routes, problems };
}

/** The first route that matches path and method; a method that isn't listed is as good as a wrong path. */
export function findRoute(
  routes: Route[],
  method: string,
  pathname: string,
): { fn: AppFunction; params: Record<string, string> } | undefined {
  const path = pathname.replace(/^\//, "");
  for (const { fn, methods, match } of routes) {
    if (methods.includes(method)) {
      const params = match(path);
      if (params) {
        return { fn, params };
      }
    }
  }
  return undefined;
}
