/**
 * The console's only script, as text for the wire: it reads the page again every few seconds, changes
 * what has changed, and says so when it no longer can. The functions below are never called here; they
 * are sent to the browser by their own source. So they must use nothing but each other and the browser,
 * no import and no constant of this file. Trusted Types forbid every HTML sink, hence XMLHttpRequest,
 * which parses documents without one.
 */
export const liveScript = `"use strict";\n${[follow, received, morph, morphAttributes, localise, announce].map(String).join("\n")}\nfollow();\n`;

/** Looks again 3 s after each answer, so that a slow console is not asked twice at once. Hidden pages rest. */
function follow(): void {
  const again = () => setTimeout(look, 3000);
  const look = () => {
    if (document.hidden) return again();
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.timeout = 10_000;
    request.onloadend = () => {
      received(request.status === 200 ? request.responseXML : null);
      again();
    };
    return request.send();
  };
  localise();
  again();
}

function received(page: Document | null): void {
  const fresh = page?.querySelector("main");
  const old = document.querySelector("main");
  const freshAge = page?.querySelector("#as-of");
  const oldAge = document.querySelector("#as-of");
  if (!page || !fresh || !old || !freshAge || !oldAge) {
    const since = oldAge?.querySelector("time")?.dateTime.slice(11, 19) ?? "";
    return announce(`Not updated since ${since} UTC: the console does not answer. What you see may be old.`);
  }
  morph(old, fresh);
  morph(oldAge, freshAge);
  if (document.title !== page.title) document.title = page.title;
  localise();
  return announce("");
}

/** Changes `old` into `fresh` in place, so that focus, selection and half-typed reasons survive. */
function morph(old: Element, fresh: Element): void {
  morphAttributes(old, fresh);
  const was = [...old.childNodes];
  const is = [...fresh.childNodes];
  for (const node of was.slice(is.length)) node.remove();
  for (const [i, node] of is.entries()) {
    const place = was[i];
    if (place === undefined) old.append(document.importNode(node, true));
    else if (place instanceof Text && node.nodeType === Node.TEXT_NODE) {
      if (place.data !== node.nodeValue) place.data = node.nodeValue ?? "";
    } else if (
      place instanceof Element &&
      place.nodeName === node.nodeName &&
      node.nodeType === Node.ELEMENT_NODE
    ) {
      const to = node as Element;
      // A link that leads elsewhere is another link: nobody should press one that changed under the finger.
      if (place.getAttribute("href") !== to.getAttribute("href"))
        place.replaceWith(document.importNode(to, true));
      else morph(place, to);
    } else place.replaceWith(document.importNode(node, true));
  }
}

/** What the reader opened stays open, and the local times stay. */
function morphAttributes(old: Element, fresh: Element): void {
  for (const name of old.getAttributeNames()) {
    if (name !== "title" && name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    const value = fresh.getAttribute(name) ?? "";
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** Adds the reader's own time: to every instant as its title, and once in sight, at the page's age. */
function localise(): void {
  for (const time of document.querySelectorAll("time")) {
    const local = new Date(time.dateTime).toLocaleString(undefined, {
      dateStyle: "medium",
      timeStyle: "medium",
    });
    if (time.title !== local) time.title = local;
  }
  const age = document.querySelector<HTMLTimeElement>("#as-of time");
  const zone = document.querySelector("#as-of .zone");
  if (age && zone) zone.textContent = `, ${new Date(age.dateTime).toLocaleTimeString()} your time`;
}

/** Read aloud and shown over the page, but only when it changes. */
function announce(says: string): void {
  const live = document.querySelector("#live");
  if (live && live.textContent !== says) live.textContent = says;
  document.body.classList.toggle("stale", says !== "");
}
