import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { signatureVerifier } from "../../adapters/alert-signature";
import { intake } from "../../shared/alert/intake";

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/api-alerts.md"), "utf8");
const SECRET_OF_THE_PAGE = "whsec_ZXhhbXBsZSBvZiB0aGUgcGFnZQ==";

test("the page lists every refusal that the code can make, and no other", () => {
  const sources = [
    join(root, "shared/alert.ts"),
    ...readdirSync(join(root, "shared/alert")).map((name) => join(root, "shared/alert", name)),
  ];
  const text = sources.map((file) => readFileSync(file, "utf8")).join("\n");
  const made = new Set([...text.matchAll(/code: "([a-z-]+)"/g)].map(([, code]) => code));
  const table = page.slice(page.indexOf("| code | status |"));
  const listed = new Set([...table.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
  // The ledger's part, made where the alert is stored.
  listed.delete("id-reused");
  expect(listed).toEqual(made);
});

test("the request on the page is one that is accepted", () => {
  const [, head = "", body = ""] = /```\nPOST [^\n]+\n([^]*?)\n\n([^\n]*)\n```/.exec(page) ?? [];
  const headers = new Map(head.split("\n").map((line) => line.split(": ") as [string, string]));
  expect(page).toContain(SECRET_OF_THE_PAGE);
  const answer = intake(
    {
      contentLength: headers.get("content-length") ?? null,
      contentType: headers.get("content-type") ?? null,
      headers: { get: (name) => headers.get(name) ?? null },
      body: Buffer.from(body),
    },
    { now: "2026-11-24T20:37:05.000Z", secrets: [signatureVerifier(SECRET_OF_THE_PAGE)] },
  );
  expect(answer).toMatchObject({
    status: 202,
    alert: { host: "api-main", service: "Orders", state: "CRITICAL", problemId: "7" },
  });
});
