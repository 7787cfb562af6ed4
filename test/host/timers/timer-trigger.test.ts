import { type App, collectApp, type HostOptions } from "../../../host/index";
import { disposeRigs, type Rig, rig } from "../harness";

type Tick = { isPastDue: boolean; scheduleStatus?: { last: string; next: string; lastUpdated: string } };
type Functions = { app: { timer(name: string, options: object): void } };

const functions = require("@azure/functions") as Functions;

afterEach(disposeRigs);

let ticks: Tick[] = [];
let during: () => Promise<void> | void = () => {};

function appOf(options: object): Promise<App> {
  ticks = [];
  during = () => {};
  return collectApp(() => {
    functions.app.timer("tick", {
      ...options,
      async handler(tick: Tick) {
        ticks.push(tick);
        await during();
      },
    });
  });
}

const timerRig = async (
  schedule: string,
  options: object = {},
  host: Partial<HostOptions> = {},
): Promise<Rig> => rig({ app: await appOf({ schedule, ...options }), ...host });

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);

test("waits for the first occurrence, and tells the last and the next one", async () => {
  const { host, clock } = await timerRig("0 * * * * *");
  expect(await host.step()).toBeUndefined();
  expect(host.nextDueAt()).toBe(at("02:01:00"));
  clock.set(at("02:01:00"));
  expect(await host.step()).toBe("timer-trigger");
  expect(await host.step()).toBeUndefined();
  clock.set(at("02:02:00"));
  await host.runUntilIdle();
  expect(ticks).toMatchObject([
    {
      isPastDue: false,
      scheduleStatus: { last: "0001-01-01T00:00:00+00:00", next: "2026-11-23T02:01:00+00:00" },
    },
    {
      isPastDue: false,
      scheduleStatus: {
        last: "2026-11-23T02:01:00+00:00",
        next: "2026-11-23T02:02:00+00:00",
        lastUpdated: "2026-11-23T02:01:00+00:00",
      },
    },
  ]);
});

test("fires once, as past due, after the host was down over several occurrences", async () => {
  const here = await timerRig("0 * * * * *");
  here.clock.set(at("02:01:00"));
  await here.host.runUntilIdle();
  here.host.abandon();
  here.clock.set(at("02:05:30"));
  const host = await here.reopen();
  expect(host.nextDueAt()).toBe(at("02:05:30"));
  await host.runUntilIdle();
  expect(ticks.slice(1)).toMatchObject([
    {
      isPastDue: true,
      scheduleStatus: { last: "2026-11-23T02:01:00+00:00", next: "2026-11-23T02:02:00+00:00" },
    },
  ]);
  expect(host.nextDueAt()).toBe(at("02:06:00"));
});

test("has no memory below a minute: never past due", async () => {
  const here = await timerRig("*/5 * * * * *");
  here.clock.set(at("02:00:05"));
  await here.host.runUntilIdle();
  here.host.abandon();
  here.clock.set(at("02:05:31"));
  const host = await here.reopen();
  expect(host.nextDueAt()).toBe(at("02:05:35"));
  expect(ticks).toEqual([{ schedule: { adjustForDST: true }, isPastDue: false, scheduleStatus: null }]);
});

test("is not past due after its schedule has changed", async () => {
  const here = await timerRig("0 * * * * *");
  await here.host.close();
  here.clock.set(at("05:30:00"));
  const changed = await rig({
    app: await appOf({ schedule: "0 0 * * * *" }),
    stateFile: here.stateFile,
    clock: here.clock,
  });
  expect(changed.host.nextDueAt()).toBe(at("06:00:00"));
});

test("makes one run of the occurrences that pass during a run", async () => {
  const { host, clock } = await timerRig("*/5 * * * * *");
  clock.set(at("02:00:05"));
  during = () => clock.set(at("02:00:17"));
  await host.step();
  during = () => {};
  expect(host.nextDueAt()).toBe(at("02:00:17"));
  await host.runUntilIdle();
  expect(ticks).toHaveLength(2);
  expect(host.nextDueAt()).toBe(at("02:00:20"));
});

test("never overlaps itself", async () => {
  const { host, clock } = await timerRig("*/5 * * * * *");
  clock.set(at("02:00:05"));
  let release = (): void => {};
  during = () => new Promise<void>((resolve) => (release = resolve));
  const first = host.step();
  await new Promise(setImmediate);
  clock.set(at("02:00:30"));
  expect(await host.step()).toBeUndefined();
  release();
  await first;
  expect(ticks).toHaveLength(1);
});

test("keeps to its schedule when a run throws", async () => {
  const { host, clock, log } = await timerRig("0 * * * * *");
  during = () => Promise.reject(new Error("tick failed"));
  clock.set(at("02:01:00"));
  await host.runUntilIdle();
  expect(log.some(({ message }) => message.includes("tick failed"))).toBe(true);
  expect(host.nextDueAt()).toBe(at("02:02:00"));
});

test("runs at the start where it asks for it", async () => {
  const { host } = await timerRig("0 0 * * * *", { runOnStartup: true });
  await host.runUntilIdle();
  expect(ticks).toHaveLength(1);
  expect(host.nextDueAt()).toBe(at("03:00:00"));
});

test("takes its schedule from a setting", async () => {
  const { host } = await timerRig("%TICK%", {}, { settings: { TICK: "0 0 12 * * *" } });
  expect(host.functions()).toMatchObject([{ name: "tick", schedule: "0 0 12 * * *" }]);
  expect(host.nextDueAt()).toBe(at("12:00:00"));
});

test.each(["%MISSING%", "every minute"])(
  "leaves a timer out whose schedule (%s) can't be read",
  async (schedule) => {
    const { host, log } = await timerRig(schedule);
    expect(host.nextDueAt()).toBeUndefined();
    expect(log.some(({ level, message }) => level === "error" && message.startsWith("Function 'tick'"))).toBe(
      true,
    );
  },
);

test("runs at once when the master asks for it", async () => {
  const { host } = await timerRig("0 0 12 * * *");
  const url = `http://localhost/admin/functions/tick?code=${host.keys().master}`;
  expect((await host.fetch(new Request(url, { method: "POST", body: "{}" }))).status).toBe(202);
  await host.runUntilIdle();
  expect(ticks).toHaveLength(1);
});

test("is silent for up to 75 s on a hostile host, and then ticks once, as past due", async () => {
  const silences = new Set<number>();
  for (let seed = 1; seed <= 5; seed += 1) {
    const hostile = { seed, rates: { silentTrigger: 1 } };
    const { host, clock } = await timerRig("0 * * * * *", {}, { hostile });
    clock.set(at("02:01:00"));
    expect(await host.step()).toBeUndefined();
    const due = host.nextDueAt() ?? 0;
    expect(due).toBeGreaterThan(at("02:01:00"));
    expect(due).toBeLessThanOrEqual(at("02:02:15"));
    clock.set(due);
    await host.runUntilIdle();
    expect(ticks).toMatchObject([{ isPastDue: true }]);
    silences.add(due);
  }
  expect(silences.size).toBeGreaterThan(1);
});
