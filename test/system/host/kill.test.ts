import { availableParallelism } from "node:os";
import { disposeProcesses, type HostProcess, newState, notes, startProcess, until } from "./host-process";

afterEach(disposeProcesses);

const masterKey = async (host: HostProcess): Promise<string> => {
  const response = await fetch(`${host.url}/api/start/steps/key-probe`, { method: "POST" });
  const links = (await response.json()) as { statusQueryGetUri: string };
  return new URL(links.statusQueryGetUri).searchParams.get("code") ?? "";
};

async function statuses(
  host: HostProcess,
  key: string,
): Promise<{ instanceId: string; runtimeStatus: string; output: unknown }[]> {
  const url = `${host.url}/runtime/webhooks/durabletask/instances?top=500&code=${encodeURIComponent(key)}`;
  return (await (await fetch(url)).json()) as Awaited<ReturnType<typeof statuses>>;
}

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
