import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documents } from "../../../cli/documents/documents";
import { shippedEstate } from "../../support/estate";

/** When one of these fails, `npm run documents` writes all of them again; look at what changed, and commit it. */
const root = join(__dirname, "../../..");
const wanted = documents(shippedEstate(), root);

it.each(wanted)("$path is what `npm run documents` writes", ({ path, text }) => {
  const file = join(root, path);
  expect(existsSync(file) ? readFileSync(file, "utf8") : "there is no such file").toBe(text);
});

it("has no page of a plan that is no more", () => {
  const pages = new Set(wanted.map((one) => one.path));
  const found = readdirSync(join(root, "docs/plans")).map((name) => `docs/plans/${name}`);
  expect(found.filter((path) => !pages.has(path))).toEqual([]);
});
