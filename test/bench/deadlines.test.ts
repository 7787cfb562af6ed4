import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callerOverHttp } from "../../bench/caller";
import { end } from "../../bench/end";
import { figuresOf } from "../../bench/figures-of";
import { Arrivals, allEnded } from "../../bench/target";

const SOON_MS = 50;

/** What is waited for here never comes: each wait must end by itself, with a sentence that says what was missing. */
describe("a bench whose host", () => {
  const children: ChildProcess[] = [];
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "switchover-bench-test-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  const child = async (code: string) => {
    const file = join(folder, "child.js");
    writeFileSync(file, `${code}\nprocess.stdout.write("up");`);
    const made = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    children.push(made);
    await once(made.stdout, "data");
    return made;
  };
  const round = (code: string) => {
    const file = join(folder, "round.js");
    writeFileSync(file, code);
    const made = fork(file);
    children.push(made);
    return made;
  };

  it("never asks for an approval gives up, and names the incident", async () => {
    const asked = new Arrivals("ask for approval", SOON_MS);
    await expect(asked.of("one-7")).rejects.toThrow("one-7 did not ask for approval within 0.05 s.");
  });

  it("dies is told to whoever waits, and to whoever comes later", async () => {
    const asked = new Arrivals("ask for approval", 60_000);
    const waiting = expect(asked.of("one-1")).rejects.toThrow("The host ended with SIGKILL.");
    asked.end(new Error("The host ended with SIGKILL."));
    await waiting;
    await expect(asked.of("one-2")).rejects.toThrow("The host ended with SIGKILL.");
  });

  it("asks in time is heard, before or after somebody waits for it", async () => {
    const asked = new Arrivals("ask for approval", 60_000);
    const waiting = asked.of("one-1");
    asked.arrived("one-1");
    asked.arrived("one-2");
    await expect(Promise.all([waiting, asked.of("one-2")])).resolves.toHaveLength(2);
  });

  it("takes a request and never answers gives up, and does not show its key", async () => {
    const silent = createServer(() => undefined);
    server = silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const call = callerOverHttp(`http://127.0.0.1:${port}`, SOON_MS);
    const message = await call("POST", "/start/one?code=secret").then(String, String);
    expect(message).toBe("Error: POST /start/one was not answered within 0.05 s.");
  });

  it("has an instance that never ends gives up, and says how many run", async () => {
    await expect(allEnded({ running: async () => 3 }, SOON_MS)).rejects.toThrow(
      "3 instances still run after 0.05 s.",
    );
  });

  it("has ended already is not waited for", async () => {
    const dead = await child("");
    if (dead.exitCode === null) await once(dead, "exit");
    await end(dead, "SIGTERM", SOON_MS);
  });

  it("does not stop when asked to is killed, and that is said", async () => {
    const deaf = await child('process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000);');
    await expect(end(deaf, "SIGTERM", SOON_MS)).rejects.toThrow(
      `Process ${deaf.pid} did not end within 0.05 s of SIGTERM; it was killed.`,
    );
    expect(deaf.signalCode).toBe("SIGKILL");
  });

  it("keeps a round from its end is given up with it", async () => {
    const stuck = round("setInterval(() => undefined, 1000);");
    await expect(figuresOf(stuck, "The round http cold", SOON_MS)).rejects.toThrow(
      "The round http cold did not end within 0.05 s; it was killed.",
    );
    expect(stuck.signalCode).toBe("SIGKILL");
  });

  it("lets a round end gives its figures, and none of one that failed", async () => {
    const good = round("process.send({ cold: 1 });");
    expect(await figuresOf(good, "The round http cold", 60_000)).toEqual({ cold: 1 });
    const bad = round("process.send({ cold: 1 }); process.exitCode = 1;");
    await expect(figuresOf(bad, "The round http cold", 60_000)).rejects.toThrow(
      "The round http cold ended with 1 and without figures.",
    );
  });
});
