import { disposeRigs, type Rig, rig, runs, shape } from "./harness";

afterEach(disposeRigs);

/** A workflow and what the outside sends it; `sent` is asked for what is missing after a crash. */
type Play = { orchestrator: string; input?: unknown; event?: string; children?: string[] };

const plays: Record<string, Play> = {
  sequence: { orchestrator: "hello" },
  fan: { orchestrator: "fan" },
  failure: { orchestrator: "fanfail" },
  child: { orchestrator: "parentCatchId" },
  generations: { orchestrator: "can", input: 0 },
  timer: { orchestrator: "anyev", input: { secs: 3 } },
  event: { orchestrator: "anyev", input: { secs: 30 }, event: "go" },
  incident: { orchestrator: "incident", event: "approval" },
};

const id = "played";

/** Does the next thing that the play needs; false when it is over. */
async function advance(here: Rig, play: Play): Promise<boolean> {
  const status = here.host.status(id);
  if (!status) {
    await here.start(play.orchestrator, id, play.input);
    return true;
  }
  if (await here.host.step()) {
    return true;
  }
  if (["Completed", "Failed"].includes(status.runtimeStatus)) {
    return false;
  }
  const { event } = play;
  if (event && !here.host.history(id).some(({ Name, EventType }) => EventType === 15 && Name === event)) {
    await here.client("raise", id, { name: event, data: '"yes"' });
    return true;
  }
  const due = here.host.nextDueAt();
  if (due === undefined) {
    throw new Error(`${id} is stuck.`);
  }
  here.clock.set(due);
  return true;
}

/** What must be the same however often the host restarts. Failures name the lines of their caller: left out. */
function outcome({ host }: Rig): object {
  const { runtimeStatus, output } = host.status(id) ?? {};
  const plain = JSON.stringify(output ?? null).includes("RemoteStackTrace") ? "a failure" : output;
  return { runtimeStatus, output: plain, shape: shape(host, id) };
}

async function straight(play: Play): Promise<object> {
  const here = await rig();
  while (await advance(here, play)) {
    // Until it is over.
  }
  return outcome(here);
}

describe.each(Object.entries(plays))("%s", (_, play) => {
  test.each(["close", "abandon"] as const)(
    "ends the same with a restart (%s) after every step",
    async (how) => {
      const expected = await straight(play);
      const here = await rig();
      while (await advance(here, play)) {
        await here.host[how]();
        await here.reopen();
      }
      expect(outcome(here)).toEqual(expected);
    },
  );

  test("ends the same after a crash at every commit", async () => {
    const expected = await straight(play);
    const points: string[] = [];
    const counted = await rig({ onCommit: (point) => points.push(point) });
    const fromOpening = points.length;
    while (await advance(counted, play)) {
      // Until it is over: this run only counts.
    }
    const during = points.slice(fromOpening);
    expect(during.length).toBeGreaterThan(4);
    for (const at of during.keys()) {
      const here = await crashed(play, at);
      expect({ at: during[at], ...outcome(here) }).toEqual({ at: during[at], ...expected });
      here.host.abandon();
    }
  });
});

/** Plays with a crash at commit hook number `at`, and a new host after it. */
async function crashed(play: Play, at: number): Promise<Rig> {
  const hook = { armed: false, left: at };
  const here = await rig({
    onCommit(point) {
      if (hook.armed && hook.left === 0) {
        hook.armed = false;
        throw new Error(`crash at ${point}`);
      }
      hook.left -= hook.armed ? 1 : 0;
    },
  });
  hook.armed = true;
  for (let going = true; going; ) {
    const crashedBefore = !hook.armed;
    try {
      going = await advance(here, play);
    } catch (error) {
      expect(String(error)).toMatch(/crash at|has stopped/);
    }
    if (!hook.armed && !crashedBefore) {
      here.host.abandon();
      await here.reopen();
      going = true;
    }
  }
  expect(hook.armed).toBe(false);
  return here;
}

test("repeats no activity whose result was committed, and only the one in flight otherwise", async () => {
  runs.clear();
  let crash = true;
  const here = await rig({
    onCommit(point) {
      if (point === "activity:before" && crash) {
        crash = false;
        throw new Error("crash");
      }
    },
  });
  await here.start("hello", id);
  await here.host.step();
  await expect(here.host.step()).rejects.toThrow("crash");
  await expect(here.host.step()).rejects.toThrow("The host has stopped.");
  here.host.abandon();
  await here.reopen();
  expect(here.log.some(({ message }) => message.includes("Activity 'sayHello' (task 0 of played)"))).toBe(
    true,
  );
  await here.host.runUntilIdle();
  expect(Object.fromEntries(runs)).toEqual({ "sayHello Tokyo": 2, "sayHello Seattle": 1 });
});

test("writes nothing after a simulated crash, whatever still runs", async () => {
  const here = await rig();
  await here.start("hello", id);
  await here.host.step();
  const activity = here.host.step();
  here.host.abandon();
  await expect(activity).rejects.toThrow();
  await here.reopen();
  expect(shape(here.host, id)).toBe("12 0(hello) 4:0(sayHello) 13");
  await here.host.runUntilIdle();
  expect(here.host.status(id)?.runtimeStatus).toBe("Completed");
});
