import { posix } from "node:path";
import { importsOf, lineAt, type Import, type Source } from "./source";

/**
 * Who may know whom. Arrows point to `shared`; orchestrations know activities by type only; only
 * `functions`, `cli` and the tests see everything (ARCHITECTURE.md has the map). A folder may always import itself.
 */
type Rule = {
  /** Folders whose code may be used, and folders of which only types may be. */
  values: string[];
  types?: string[];
  /** Packages that may be used, `node:` meaning all of Node's, and packages of which only types may be. */
  packages: string[] | "any";
  packageTypes?: string[] | "any";
  /** Anything else may be loaded, but only when it is needed. */
  lazily?: boolean;
};

const everything = [
  "functions",
  "orchestrations",
  "activities",
  "shared",
  "adapters",
  "host",
  "sandbox",
  "console",
  "cli",
];

export const importRule: Record<string, Rule> = {
  shared: { values: [], packages: ["zod"] },
  activities: { values: ["shared"], packages: [] },
  orchestrations: {
    values: ["shared"],
    types: ["activities"],
    packages: [],
    packageTypes: ["durable-functions"],
  },
  adapters: {
    values: ["shared"],
    packages: ["node:", "zod", "canonicalize"],
    packageTypes: "any",
    lazily: true,
  },
  console: { values: ["shared"], packages: [] },
  functions: { values: everything, packages: "any" },
  host: { values: [], packages: "any" },
  sandbox: { values: ["shared"], packages: "any" },
  cli: { values: everything, packages: "any" },
  bench: { values: [...everything, "test"], packages: "any" },
  test: { values: [...everything, "bench"], packages: "any" },
};

export function brokenImports(source: Source): string[] {
  const [folder = ""] = source.file.split("/");
  const rule = importRule[folder];
  if (!rule)
    return source.file.includes("/")
      ? [`the folder ${folder}/ has no line in test/tidy/import-rule.ts; give it one`]
      : [];
  return importsOf(source)
    .filter((each) => !mayImport(folder, rule, source.file, each))
    .map(
      ({ from, kind, place }) =>
        `line ${lineAt(source, place)}: ${folder}/ may not import ${from}${because(rule, from, kind)}`,
    );
}

function mayImport(folder: string, rule: Rule, file: string, { from, kind }: Import): boolean {
  if (!from.startsWith(".")) {
    return (
      allows(rule.packages, from) ||
      (kind === "type" && allows(rule.packageTypes ?? [], from)) ||
      (kind === "lazy" && rule.lazily === true)
    );
  }
  const path = posix.join(posix.dirname(file), from);
  const [target = ""] = path.split("/");
  // package.json and host.json lie at the root.
  const isAtRoot = path === target && !Object.hasOwn(importRule, target);
  if (target === folder || isAtRoot) return true;
  return rule.values.includes(target) || (kind === "type" && (rule.types ?? []).includes(target));
}

function allows(packages: string[] | "any", name: string): boolean {
  return (
    packages === "any" ||
    packages.some((each) => name === each || name.startsWith(each.endsWith(":") ? each : `${each}/`))
  );
}

function because(rule: Rule, from: string, kind: Import["kind"]): string {
  const [folder] = from.replace(/^(\.\.?\/)+/, "").split("/");
  if (kind === "value" && folder && rule.types?.includes(folder))
    return `; its types may be: write \`import type\``;
  if (!from.startsWith(".") && rule.lazily)
    return "; load it inside the function that needs it, with `require`, and import its types only";
  return "; move what both need into shared/, or pass it in through a port of shared/world.ts (the map is in ARCHITECTURE.md)";
}
