#!/usr/bin/env node
import { textOf } from "../shared/errors";
import type * as Commands from "./commands";
import { refuseOldNode } from "./old-node";

async function main(): Promise<void> {
  refuseOldNode(process.versions.node);
  // Not at the top: what the commands load is what an old Node doesn't have.
  const { command } = require("./commands") as typeof Commands;
  await command(process.argv.slice(2));
}

main().catch((thrown: unknown) => {
  console.error(textOf(thrown, 2_000));
  process.exit(1);
});
