export function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** Redraws only what is different, so that focus and selection survive the next look. */
export function replaceIfNew(selector: string, shown: unknown, draw: () => (Node | string)[]): void {
  const place = document.querySelector<HTMLElement>(selector);
  const key = JSON.stringify(shown);
  if (!place || place.dataset["shown"] === key) return;
  place.dataset["shown"] = key;
  place.replaceChildren(...draw());
}

export function words(name: string): string {
  const text = name
    .replaceAll("-", " ")
    .replace("cloudflare", "CloudFlare")
    .replace(/\b(?:api|dns)\b/g, (word) => word.toUpperCase());
  return text.charAt(0).toUpperCase() + text.slice(1);
}
