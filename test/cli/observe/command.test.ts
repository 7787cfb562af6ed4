import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../../../cli/commands";

/** A company of which nothing is there: no port of this address is listened to. */
const nowhere = (yaml: string) =>
  yaml.replaceAll("127.77.", "127.203.").replace("secondLook: 1s", "secondLook: 1ms");

let folder: string;
let printed: string[];
const before = process.exitCode;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchover-observe-"));
  const yaml = readFileSync(join(__dirname, "../../../switchover.yaml"), "utf8");
  writeFileSync(join(folder, "my.yaml"), nowhere(yaml));
  process.env["SWITCHOVER_STATE"] = join(folder, "state");
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = before;
  delete process.env["SWITCHOVER_STATE"];
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ["switchover observe", ["observe"]],
  ["npm start -- --observe", ["up", "--observe"]],
])("%s looks, writes nothing, and ends with 3 when nothing can be told", async (_name, words) => {
  await command([...words, "--config", join(folder, "my.yaml")]);
  expect(printed.join("\n")).toContain("CAN'T BE TOLD");
  expect(process.exitCode).toBe(3);
  expect(existsSync(join(folder, "state"))).toBe(false);
});

it("gives the same as JSON", async () => {
  await command(["observe", "--config", join(folder, "my.yaml"), "--output", "json"]);
  expect(JSON.parse(printed.join("\n"))).toMatchObject({
    health: "unknown",
    diagnosis: { finding: "observers-suspect" },
    wouldDo: { kind: "nothing" },
  });
});

it("refuses what it does not know instead of starting anything", async () => {
  await expect(command(["up", "--observe", "--fresh"])).rejects.toThrow("--fresh");
  await expect(command(["observe", "--output", "xml"])).rejects.toThrow('--output is "xml"');
});
