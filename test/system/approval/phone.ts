import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "../console/browser";
import { until } from "../../support/until";

/** A phone in somebody's hand: 390 × 844 CSS pixels, a finger, and eyes. Everything throws when it isn't to be seen. */
export type Phone = {
  open(url: string): Promise<void>;
  /** What is to be read on the whole page, without scrolling cleverly. */
  text(): Promise<string>;
  /** What is to be read without scrolling. */
  firstScreen(): Promise<string>;
  /** Taps what has this name: a button or a link by its words, a field by its label. Scrolls there first. */
  tap(name: string): Promise<void>;
  /** Types into whatever has the focus, which must be a field. */
  type(text: string): Promise<void>;
  /** Waits until the words are on the page. */
  sees(words: string): Promise<void>;
  /** Scrolls until the heading that begins so is on top. */
  scrollTo(heading: string): Promise<void>;
  /** What is wider than the screen, if anything. */
  overflow(): Promise<number>;
  /** The screen as it is, into SWITCHOVER_PICTURES, where that is set. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
};

const SCREEN = { width: 390, height: 844 };

export async function pickUpPhone({ send }: Browser, { dark }: { dark: boolean }): Promise<Phone> {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = (await send("Target.attachToTarget", { targetId, flatten: true })) as {
    sessionId: string;
  };
  const call = (method: string, params = {}) => send(method, params, sessionId);
  await Promise.all(["Page", "Runtime"].map((domain) => call(`${domain}.enable`)));
  await call("Emulation.setDeviceMetricsOverride", { ...SCREEN, deviceScaleFactor: 1.5, mobile: true });
  await call("Emulation.setTouchEmulationEnabled", { enabled: true });
  const value = dark ? "dark" : "light";
  await call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });

  const ask = async <T>(expression: string): Promise<T> => {
    const answer = await call("Runtime.evaluate", { expression, returnByValue: true });
    if (answer["exceptionDetails"]) throw new Error(JSON.stringify(answer["exceptionDetails"]));
    return (answer["result"] as { value: T }).value;
  };
  const soon = (what: string, expression: string) =>
    until(what, () => ask<boolean>(expression), {
      within: 15_000,
      every: 50,
      story: () => ask("document.body.innerText"),
    });
  return {
    async open(url) {
      await call("Page.navigate", { url });
      await soon(
        `${url} is loaded`,
        `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`,
      );
    },
    text: () => ask("document.body.innerText"),
    firstScreen: () => ask(`(${visibleText.toString()})()`),
    async tap(name) {
      const found = `(${placeOf.toString()})(${JSON.stringify(name)})`;
      await soon(`"${name}" is there to be tapped`, `${found} !== null`);
      const { x, y } = await ask<{ x: number; y: number }>(found);
      await call("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
      await call("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    },
    async type(text) {
      await soon("a field has the focus", "document.activeElement instanceof HTMLInputElement");
      await call("Input.insertText", { text });
    },
    sees: async (words) =>
      void (await soon(`"${words}" is shown`, `document.body.innerText.includes(${JSON.stringify(words)})`)),
    scrollTo: (heading) => ask(`(${scrollToHeading.toString()})(${JSON.stringify(heading)})`),
    overflow: () => ask("document.documentElement.scrollWidth - window.innerWidth"),
    async picture(name) {
      const folder = process.env["SWITCHOVER_PICTURES"];
      if (folder === undefined) return;
      const { data } = (await call("Page.captureScreenshot", { format: "png" })) as { data: string };
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.png`), Buffer.from(data, "base64"));
    },
    close: async () => void (await send("Target.disposeBrowserContext", { browserContextId })),
  };
}

/** Runs in the page. Where a finger would go for this name; null while there is none, or something lies on top. */
function placeOf(name: string): { x: number; y: number } | null {
  const words = (one: Element | null) => (one?.textContent ?? "").trim().replace(/\s+/g, " ");
  const labelled = [...document.querySelectorAll("label")].find((one) => words(one) === name)?.control;
  const pressed = [...document.querySelectorAll("button, a, summary")].find((one) => words(one) === name);
  const wanted = labelled ?? pressed;
  if (!(wanted instanceof HTMLElement)) return null;
  wanted.scrollIntoView({ block: "center", behavior: "instant" });
  const box = wanted.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  // A finger needs 24 CSS pixels at least (WCAG 2.5.8).
  return hit !== null && wanted.contains(hit) && box.height >= 24 ? { x, y } : null;
}

/** Runs in the page. The text of what lies within the first screen. */
function visibleText(): string {
  const seen: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const text = (node.textContent ?? "").trim();
    if (text !== "" && box.height > 0 && box.bottom <= window.innerHeight) seen.push(text);
  }
  return seen.join(" ");
}

/** Runs in the page. */
function scrollToHeading(words: string): void {
  const all = [...document.querySelectorAll("h1, h2, h3")];
  const heading = all.find((one) => (one.textContent ?? "").trim().startsWith(words));
  if (heading === undefined) throw new Error(`there is no heading "${words}"`);
  heading.scrollIntoView({ block: "start", behavior: "instant" });
}
