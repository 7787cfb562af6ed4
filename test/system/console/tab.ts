import { writeFile } from "node:fs/promises";
import type { Browser } from "./browser";

export type Looks = {
  width: number;
  height: number;
  dark?: boolean;
  mobile?: boolean;
  reducedMotion?: boolean;
  textScale?: number;
};

export type Tab = {
  open(url: string): Promise<void>;
  /** Evaluates in the page, as DevTools does: the page's own policy does not bind it. */
  ask<T>(expression: string): Promise<T>;
  /** Asks until the answer is true; fails with `what` after 15 s. */
  until(expression: string, what: string): Promise<void>;
  press(key: "Tab" | "Enter"): Promise<void>;
  type(text: string): Promise<void>;
  /** The whole page, not only the first screen. */
  picture(file: string): Promise<void>;
  /** What the browser complained about: CSP violations, failed loads, uncaught errors, console messages. */
  complaints(): string[];
  close(): Promise<void>;
};

/** A tab of its own size, colour scheme and storage. */
export async function openTab({ send, heard }: Browser, looks: Looks): Promise<Tab> {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = (await send("Target.attachToTarget", { targetId, flatten: true })) as {
    sessionId: string;
  };
  const call = (method: string, params = {}) => send(method, params, sessionId);
  await Promise.all([
    call("Page.enable"),
    call("Runtime.enable"),
    call("Log.enable"),
    call("Network.enable"),
  ]);
  const { width, height, dark = false, mobile = false, reducedMotion = false } = looks;
  await call("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
  await call("Emulation.setEmulatedMedia", {
    features: [
      { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
      { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
    ],
  });
  const ask = async <T>(expression: string) => {
    const answer = await call("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (answer["exceptionDetails"])
      throw new Error(`${expression}: ${JSON.stringify(answer["exceptionDetails"])}`);
    return (answer["result"] as { value: T }).value;
  };
  const until = async (expression: string, what: string) => {
    const deadline = Date.now() + 15_000;
    while (!(await ask<boolean>(expression).catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`not within 15 s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    ask,
    until,
    async open(url) {
      await call("Page.navigate", { url });
      await until(
        `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`,
        `${url} is loaded`,
      );
    },
    async press(key) {
      const code = key === "Tab" ? 9 : 13;
      await call("Input.dispatchKeyEvent", {
        type: "keyDown",
        key,
        code: key,
        windowsVirtualKeyCode: code,
        ...(key === "Enter" && { text: "\r" }),
      });
      await call("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
    },
    type: async (text) => void (await call("Input.insertText", { text })),
    async picture(file) {
      const { data } = (await call("Page.captureScreenshot", { captureBeyondViewport: true })) as {
        data: string;
      };
      await writeFile(file, Buffer.from(data, "base64"));
    },
    complaints: () => heard.filter((one) => one.sessionId === sessionId).flatMap(complaintOf),
    close: async () => void (await send("Target.disposeBrowserContext", { browserContextId })),
  };
}

function complaintOf({ method, params }: Browser["heard"][number]): string[] {
  switch (method) {
    case "Log.entryAdded":
      return [`log: ${JSON.stringify(params["entry"])}`];
    case "Runtime.consoleAPICalled":
      return [`console: ${JSON.stringify(params["args"])}`];
    case "Runtime.exceptionThrown":
      return [`uncaught: ${JSON.stringify(params["exceptionDetails"])}`];
    case "Network.loadingFailed":
      return [`not loaded: ${JSON.stringify(params)}`];
    default:
      return [];
  }
}
