import type { Tab } from "../console/tab";

/** What a scanner did, so that a test can see that it did anything. */
export type Scanned = { pages: string[]; requests: number; submitted: number; pressed: number };

/** Pages that are looked at, at most: enough for everything that is reachable from a link. */
const MOST_PAGES = 30;
/** A press that leads nowhere is waited for so long, in milliseconds. */
const PATIENCE = 400;

/**
 * What mail gateways and link previews do to a message, and more: asks for the link by every method that is
 * said to be safe, posts what it finds, and opens it in a browser that runs scripts, presses everything and
 * sends every form. The only thing that it can't do is be a person: it types nothing.
 */
export async function scan(tab: Tab, links: string[]): Promise<Scanned> {
  const scanned: Scanned = { pages: [], requests: 0, submitted: 0, pressed: 0 };
  for (const link of links) {
    for (const path of ["", "/approve", "/reject", "/classify"]) await knock(`${link}${path}`, scanned);
    for (const path of ["/approve", "/reject", "/classify"]) await postNothing(`${link}${path}`, scanned);
  }
  const waiting = [...links];
  for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
    if (scanned.pages.includes(url) || scanned.pages.length >= MOST_PAGES) continue;
    scanned.pages.push(url);
    waiting.push(...(await followable(tab, url)));
    await submitAll(tab, url, scanned);
    await pressAll(tab, url, scanned);
  }
  return scanned;
}

async function knock(url: string, scanned: Scanned): Promise<void> {
  for (const method of ["HEAD", "GET", "OPTIONS", "GET"]) {
    const answer = await fetch(url, { method, redirect: "follow" });
    await answer.arrayBuffer();
    scanned.requests += 1;
  }
}

async function postNothing(url: string, scanned: Scanned): Promise<void> {
  for (const body of [
    new URLSearchParams(),
    new URLSearchParams({ code: "", reason: "", form: "", plan: "" }),
  ]) {
    const answer = await fetch(url, { method: "POST", body, redirect: "follow" });
    await answer.arrayBuffer();
    scanned.requests += 1;
  }
}

/** Links of the page to the same site, without the jumps inside a page. */
async function followable(tab: Tab, url: string): Promise<string[]> {
  if (!(await shown(tab, url))) return [];
  return await tab.ask<string[]>(
    `[...new Set([...document.links].map((one) => one.href.split("#")[0]))]
      .filter((href) => href.startsWith(location.origin) && href !== location.href)`,
  );
}

/** Every form: as it stands, past the browser's own checks; and with every field of it emptied. */
async function submitAll(tab: Tab, url: string, scanned: Scanned): Promise<void> {
  const count = await countOf(tab, url, "form");
  for (let index = 0; index < count; index++) {
    for (const prepare of ["", "for (const field of form.elements) field.value = '';"]) {
      if (!(await shown(tab, url))) continue;
      await acted(
        tab,
        `const form = document.forms[${index}]; ${prepare} form.noValidate = true; form.requestSubmit();`,
      );
      scanned.submitted += 1;
    }
  }
}

/** Every button, link and summary, one after the other, each on a page that was opened anew. */
async function pressAll(tab: Tab, url: string, scanned: Scanned): Promise<void> {
  const pressable = "button, a[href], summary, input[type=submit]";
  const count = await countOf(tab, url, pressable);
  for (let index = 0; index < count; index++) {
    if (!(await shown(tab, url))) continue;
    await acted(
      tab,
      `for (const form of document.forms) form.noValidate = true;
       document.querySelectorAll(${JSON.stringify(pressable)})[${index}]?.click();`,
    );
    scanned.pressed += 1;
  }
}

async function countOf(tab: Tab, url: string, selector: string): Promise<number> {
  if (!(await shown(tab, url))) return 0;
  return await tab.ask<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
}

/** Opens a page and lets its scripts run; `false` for what is no page. */
async function shown(tab: Tab, url: string): Promise<boolean> {
  await tab.open("about:blank");
  await tab.open(url);
  return await tab.ask<boolean>("document.contentType === 'text/html'");
}

/** Does it in the page, and waits until it has led somewhere, or until it is clear that it does not. */
async function acted(tab: Tab, script: string): Promise<void> {
  await tab.ask(`window.here = true; setTimeout(() => { ${script} }, 0); undefined`);
  const deadline = performance.now() + PATIENCE;
  while (performance.now() < deadline) {
    const there = await tab
      .ask<boolean>("window.here === undefined && document.readyState === 'complete'")
      .catch(() => false);
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
