import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { nothingLeft } from "../support/processes";
import { prepareAll, type Whole } from "../support/running";

/** Nothing may be left by a start that did not come to be: no process, no state. */
describe("npm start refuses", () => {
  let whole: Whole;
  let taken: Server | undefined;
  beforeEach(async () => {
    whole = await prepareAll();
  });
  afterEach(async () => {
    taken?.close();
    taken = undefined;
    await whole.cleanUp();
  });

  const take = (port: number) =>
    new Promise<void>((resolve) => {
      taken = createServer().listen(port, "127.0.0.1", resolve);
    });
  const refused = async (args?: string[], env?: Record<string, string>) => {
    const launched = whole.launch(args, env);
    const { code } = await launched.ended;
    const said = (await launched.said).trimEnd();
    await nothingLeft(whole.place);
    return { code, lines: said.split("\n") };
  };

  it.each([
    ["PORT", (one: Whole) => one.place.port],
    ["SANDBOX_PORT", (one: Whole) => one.place.sandboxPort],
  ])("a taken %s, with one sentence that names it", async (variable, portOf) => {
    const port = portOf(whole);
    await take(port);
    const { code, lines } = await refused();
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`Port ${port} of 127\\.0\\.0\\.1.*\\b${variable}\\b`)),
    ]);
    expect(existsSync(whole.place.state)).toBe(false);
  });

  it("a port that is none", async () => {
    const { code, lines } = await refused([], { PORT: "seventy" });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('PORT is "seventy"')]);
  });

  it("a configuration that is wrong, with the file, the line and what was expected", async () => {
    const { config, state } = whole.place;
    const written = readFileSync(config, "utf8");
    writeFileSync(config, written.replace(/automaticPerHour: .*/, "automaticPerHour: often"));
    const line = written.split("\n").findIndex((one) => one.includes("automaticPerHour")) + 1;
    const { code, lines } = await refused(["--fresh"]);
    expect(code).toBe(1);
    expect(lines[0]).toContain(config);
    expect(lines[1]).toBe(`  policy.automaticPerHour (line ${line}): is "often"; expected a number.`);
    expect(existsSync(state)).toBe(false);
  });

  it.each([
    ["that is not there", undefined, "There is no configuration file"],
    ["that is no YAML", "company: [", "is not valid YAML"],
  ])("a configuration %s", async (_what, text, says) => {
    const config = `${whole.place.folder}/other.yaml`;
    if (text !== undefined) writeFileSync(config, text);
    const { code, lines } = await refused(["--config", config]);
    expect(code).toBe(1);
    expect(lines[0]).toContain(says);
    expect(lines[0]).toContain(config);
  });

  it("a command or an option that it does not know", async () => {
    const { code, lines } = await refused(["--freash"]);
    expect(code).toBe(1);
    expect(lines[0]).toContain("--freash");
  });
});

describe("a second npm start on the same state", () => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  it.each([[[]], [["--fresh"]]])("is refused with %j, and the first one does not notice", async (args) => {
    const { place, asked } = whole;
    const second = whole.launch(args, {
      PORT: String(place.port + 1),
      SANDBOX_PORT: String(place.sandboxPort + 1),
    });
    expect((await second.ended).code).toBe(1);
    expect(await second.said).toMatch(/in use by another host|another sandbox lives in this folder/);
    expect((await asked.send("/api/health")).status).toBe(200);
    expect(existsSync(`${place.state}/ledger.db`)).toBe(true);
  });
});
