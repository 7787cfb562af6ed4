import { compareVersions, versionAllowed } from "../../../host/durable/versions";
import { disposeRigs, type Rig, rig } from "../harness";

afterEach(disposeRigs);

const hostJson = (options: Record<string, string>) => ({ extensions: { durableTask: options } });

test.each([
  ["1.10.0", "1.9.0", 1],
  ["1.0.0", "1.0.0", 0],
  ["1.0", "1.0.0", -1],
  ["banana", "1.9.0", 1],
  ["", "1.0.0", -1],
])("compares %s with %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test.each([
  [null, "1.0.0", "CurrentOrOlder", true],
  ["1.0.0", "1.1.0", "CurrentOrOlder", true],
  ["1.1.0", "1.0.0", "CurrentOrOlder", false],
  ["1.0.0", null, "CurrentOrOlder", false],
  ["1.0.0", "1.1.0", "Strict", false],
  [null, "1.1.0", "Strict", false],
  ["1.1.0", "1.1.0", "Strict", true],
  ["9.0.0", null, "None", true],
] as const)("an instance of %s on a host of %s, %s: %s", (version, defaultVersion, versionMatch, allowed) => {
  expect(versionAllowed(version, { defaultVersion, versionMatch })).toBe(allowed);
});

test("stamps new instances with the host's version, a start's own version wins", async () => {
  const here = await rig({ hostJson: hostJson({ defaultVersion: "1.0.0" }) });
  await here.start("input", "one");
  await here.host.fetch(
    new Request("http://localhost/api/start/input/two?version=0.9.0", { method: "POST" }),
  );
  await here.host.runUntilIdle();
  expect(here.host.status("one")?.output).toMatchObject({ version: "1.0.0" });
  expect(here.host.status("two")?.output).toMatchObject({ version: "0.9.0" });
});

async function newerInstance(): Promise<Rig> {
  const here = await rig({ hostJson: hostJson({ defaultVersion: "1.1.0" }) });
  await here.start("waiter", "new");
  await here.host.runUntilIdle();
  await here.host.close();
  return here;
}

const raise = (here: Rig) => here.client("raise", "new", { name: "go", data: "1" });

test("leaves an instance of a newer version alone, and takes it up when the host is new again", async () => {
  const here = await newerInstance();
  await here.reopen({ hostJson: hostJson({ defaultVersion: "1.0.0" }) });
  expect(await raise(here)).toEqual({ ok: null });
  await here.host.runUntilIdle();
  expect(here.host.status("new")?.runtimeStatus).toBe("Running");
  const again = here.host.nextDueAt();
  expect(again).toBe(here.clock.now() + 2000);
  here.clock.set(again ?? 0);
  await here.host.runUntilIdle();
  expect(here.host.nextDueAt()).toBe(here.clock.now() + 4000);
  expect(here.log.some(({ level, message }) => level === "warning" && message.includes("1.1.0"))).toBe(true);
  await here.host.close();
  await here.reopen({ hostJson: hostJson({ defaultVersion: "1.1.0" }) });
  await here.host.runUntilIdle();
  expect(here.host.status("new")?.runtimeStatus).toBe("Completed");
});

test("fails it instead where host.json says so", async () => {
  const here = await newerInstance();
  await here.reopen({ hostJson: hostJson({ defaultVersion: "1.0.0", versionFailureStrategy: "Fail" }) });
  await raise(here);
  await here.host.runUntilIdle();
  expect(here.host.status("new")).toMatchObject({
    runtimeStatus: "Failed",
    output: "VersionMismatch: Orchestration version did not comply with Worker Versioning",
  });
});
