import {
  disposeProcesses,
  masterKey,
  newState,
  notes,
  startProcess,
  statuses,
  until,
} from "../system/host/host-process";

afterEach(disposeProcesses);

const rounds = process.env["SWITCHOVER_PROVE"] ? 200 : 10;

test(`finishes 50 orchestrations in flight after kill -9, ${rounds} times over`, async () => {
  const state = newState();
  let host = await startProcess(state);
  const key = await masterKey(host);
  for (let round = 0; round < rounds; round += 1) {
    const ids = Array.from({ length: 50 }, (_, at) => `k${round}-${at}`);
    const before = notes(state).length;
    const started = await Promise.all(
      ids.map((id) => fetch(`${host.url}/api/start/steps/${id}`, { method: "POST" })),
    );
    expect(started.every(({ status }) => status === 202)).toBe(true);
    // Each round dies at another moment, from the first activities to the last timers.
    await until("work in flight", () => notes(state).length >= before + 1 + ((47 * round) % 490));
    expect(await host.kill("SIGKILL")).toBeNull();
    host = await startProcess(state);
    await until("all to end", async () => {
      const found = await statuses(host, key, `k${round}-`);
      return found.length === 50 && found.every(({ runtimeStatus }) => runtimeStatus === "Completed");
    });
    for (const { output } of await statuses(host, key, `k${round}-`)) {
      expect(output).toEqual([1, 2, 3, 4, 5]);
    }
  }
}, 3_600_000);
