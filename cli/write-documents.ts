import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readEstate } from "../adapters/settings/file";
import { textOf } from "../shared/errors";
import { documents } from "./documents/documents";

const ROOT = resolve(__dirname, "../..");

/** `npm run documents`: writes every generated document, and removes the page of a plan that is no more. */
async function main(): Promise<void> {
  const wanted = documents(await readEstate(join(ROOT, "switchover.yaml")), ROOT);
  for (const name of readdirSync(join(ROOT, "docs/plans"))) {
    const path = `docs/plans/${name}`;
    if (!wanted.some((one) => one.path === path)) rmSync(join(ROOT, path));
  }
  for (const { path, text } of wanted) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(path);
  }
}

main().catch((thrown: unknown) => {
  console.error(textOf(thrown, 2_000));
  process.exitCode = 1;
});
