import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** The command, on the PATH. */
export const CHROMIUM = "chromium";

/** Chromium without a driver library: its DevTools protocol over two pipes, one JSON text per NUL byte. */
type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;
export type Heard = { method: string; params: Record<string, unknown>; sessionId?: string };
export type Browser = { send: Send; heard: Heard[]; close(): Promise<void> };

type Waiting = { take: (result: Record<string, unknown>) => void; fail: (error: Error) => void };
type Told = Partial<Heard> & { id?: number; result?: Record<string, unknown>; error?: { message: string } };

/** Cut off from every address but this machine's, with a profile of its own that `close` removes. */
export async function openBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "switchover-chromium-"));
  const child = spawn(CHROMIUM, [...flags, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [toBrowser, fromBrowser] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, Waiting>();
  const heard: Heard[] = [];
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      for (const one of waiting.values()) one.fail(new Error("Chromium ended before it answered"));
      resolve();
    };
    child.once("error", end).once("exit", end);
  });
  listen(fromBrowser, (told) => {
    const one = told.id === undefined ? undefined : waiting.get(told.id);
    if (told.id !== undefined) waiting.delete(told.id);
    if (told.error) one?.fail(new Error(told.error.message));
    else one?.take(told.result ?? {});
    if (told.method !== undefined) heard.push(told as Heard);
  });
  let last = 0;
  const send: Send = (method, params = {}, sessionId) =>
    new Promise((take, fail) => {
      last += 1;
      waiting.set(last, { take, fail: (error) => fail(new Error(`${method}: ${error.message}`)) });
      toBrowser.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  const close = async () => {
    await send("Browser.close").catch(() => child.kill());
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { send, heard, close };
}

function listen(from: Readable, hear: (told: Told) => void): void {
  let rest = "";
  from.setEncoding("utf8").on("data", (text: string) => {
    const whole = (rest + text).split("\0");
    rest = whole.pop() ?? "";
    for (const one of whole) hear(JSON.parse(one) as Told);
  });
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--remote-debugging-pipe",
];
