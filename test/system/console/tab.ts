import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Heard } from "./browser";
import { until as poll } from "../../support/until";

/** CSS pixels; a phone below 500 wide. Half a window's width is what 200 % zoom makes of it. */
type Looks = { width: number; height?: number; dark?: boolean; reducedMotion?: boolean };

export type Tab = {
  look(looks: Looks): Promise<void>;
  open(url: string): Promise<void>;
  /** Evaluates in the page, as DevTools does: the page's own policy does not bind it. */
  ask<T>(expression: string): Promise<T>;
  /** Asks until the answer is true; fails with `what` after 15 s. */
  until(expression: string, what: string): Promise<void>;
  press(key: "Tab" | "Enter"): Promise<void>;
  type(text: string): Promise<void>;
  /** The names that a screen reader would say for every link, button and field, by role. */
  controls(): Promise<{ role: string; name: string }[]>;
  /** The whole page into SWITCHOVER_PICTURES, where that is set: for people to look at. */
  picture(name: string): Promise<void>;
  /** What the browser complained about: CSP violations, failed loads, uncaught errors, console messages. */
  complaints(): string[];
  close(): Promise<void>;
};

/** A tab with storage of its own. */
export async function openTab({ send, heard }: Browser): Promise<Tab> {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = (await send("Target.attachToTarget", { targetId, flatten: true })) as {
    sessionId: string;
  };
  const call = (method: string, params = {}) => send(method, params, sessionId);
  await Promise.all(
    ["Page", "Runtime", "Log", "Network", "Accessibility"].map((domain) => call(`${domain}.enable`)),
  );

  const ask = async <T>(expression: string) => {
    const answer = await call("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (answer["exceptionDetails"])
      throw new Error(`${expression}: ${JSON.stringify(answer["exceptionDetails"])}`);
    return (answer["result"] as { value: T }).value;
  };
  const until = async (expression: string, what: string) => {
    await poll(what, () => ask<boolean>(expression), { within: 15_000, every: 50 });
  };
  return {
    ask,
    until,
    async look({ width, height = 900, dark = false, reducedMotion = false }) {
      await call("Emulation.setDeviceMetricsOverride", {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: width < 500,
      });
      const features = [
        { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
        { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
      ];
      await call("Emulation.setEmulatedMedia", { features });
    },
    async open(url) {
      await call("Page.navigate", { url });
      await until(
        `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`,
        `${url} is loaded`,
      );
    },
    async press(key) {
      const windowsVirtualKeyCode = key === "Tab" ? 9 : 13;
      await call("Input.dispatchKeyEvent", {
        type: "keyDown",
        key,
        windowsVirtualKeyCode,
        ...(key === "Enter" && { text: "\r" }),
      });
      await call("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode });
    },
    type: async (text) => void (await call("Input.insertText", { text })),
    async controls() {
      const { nodes } = (await call("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
      const named = nodes.map(({ ignored, role, name }) => ({
        role: ignored ? "" : (role?.value ?? ""),
        name: name?.value ?? "",
      }));
      return named.filter(({ role }) =>
        ["link", "button", "textbox", "combobox", "DisclosureTriangle"].includes(role),
      );
    },
    async picture(name) {
      const folder = process.env["SWITCHOVER_PICTURES"];
      if (folder === undefined) return;
      const { data } = (await call("Page.captureScreenshot", { captureBeyondViewport: true })) as {
        data: string;
      };
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.png`), Buffer.from(data, "base64"));
    },
    complaints: () => heard.filter((one) => one.sessionId === sessionId).flatMap(complaintOf),
    close: async () => void (await send("Target.disposeBrowserContext", { browserContextId })),
  };
}

type AxNode = { ignored: boolean; role?: { value: string }; name?: { value: string } };

function complaintOf({ method, params }: Heard): string[] {
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
