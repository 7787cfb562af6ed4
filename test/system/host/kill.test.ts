import { availableParallelism } from "node:os";
import { disposeProcesses, masterKey, newState, notes, startProcess, statuses, until } from "./host-process";

afterEach(disposeProcesses);

test("loses nothing that was accepted to kill -9, and repeats at most what was in flight", async () => {
  const state = newState();
  const kills = 4;
  let host = await startProcess(state);
  const key = await masterKey(host);
  const accepted = new Set<string>(["key-probe"]);
  for (let round = 0; round < kills; round += 1) {
    const before = notes(state).length;
    // The kill comes in the middle of the starts: one that was not answered may be there or not.
    const starts = Array.from({ length: 20 }, async (_, at) => {
      const id = `r${round}-${at}`;
      const response = await fetch(`${host.url}/api/start/steps/${id}`, { method: "POST" }).catch(
        () => undefined,
      );
      if (response?.status === 202) {
        accepted.add(id);
      }
    });
    await until("some work in flight", () => notes(state).length >= before + 10 + 7 * round);
    expect(await host.kill("SIGKILL")).toBeNull();
    await Promise.all(starts);
    host = await startProcess(state);
  }
  await until("everything to be done", async () =>
    (await statuses(host, key)).every(({ runtimeStatus }) => runtimeStatus === "Completed"),
  );
  const found = await statuses(host, key);
  for (const id of accepted) {
    expect(found.find(({ instanceId }) => instanceId === id)).toMatchObject({ output: [1, 2, 3, 4, 5] });
  }
  const begun = new Map<string, number>();
  for (const line of notes(state).filter((one) => one.startsWith("begin"))) {
    begun.set(line, (begun.get(line) ?? 0) + 1);
  }
  expect(begun.size).toBe(found.length * 5);
  const repeats = [...begun.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(repeats).toBeLessThanOrEqual(kills * 10 * availableParallelism());
});

test("ends with the app that kills it, and goes on afterwards", async () => {
  const state = newState();
  const host = await startProcess(state, { app: "fatal" });
  await fetch(`${host.url}/api/start/once`, { method: "POST" });
  await until("the end of the process", () => host.child.exitCode !== null);
  expect(host.child.exitCode).not.toBe(0);
  const again = await startProcess(state, { app: "fatal" });
  expect(again.output()).toContain("Activity 'fatal' (task 0 of once) was not finished");
  await until("the end", async () => (await (await fetch(`${again.url}/api/status`)).text()) === "Completed");
});
