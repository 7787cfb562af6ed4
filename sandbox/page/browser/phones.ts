import type { Phone, PhoneMessage } from "../../types";
import type * as dom from "./dom";

// Ambient, not imported: in the browser these are plain functions of the same script (see ../script.ts).
declare const element: typeof dom.element;
declare const replaceIfNew: typeof dom.replaceIfNew;

export function drawPhones(phones: Phone[]): void {
  replaceIfNew(
    "#phones",
    phones.map((phone) => phone.person),
    () => phones.map(drawPhone),
  );
  for (const [i, { messages, code }] of phones.entries()) {
    replaceIfNew(`#phone-${i} .code`, code, () => [`${code.slice(0, 3)} ${code.slice(3)}`]);
    replaceIfNew(`#phone-${i} .messages`, messages, () =>
      messages.length === 0
        ? [element("li", "quiet", "No message.")]
        : messages.toReversed().map(drawMessage),
    );
  }
}

export function drawPhone({ person, role }: Phone, i: number): HTMLElement {
  const messages = element("ol", "messages");
  messages.setAttribute("aria-live", "polite");
  messages.setAttribute("aria-label", `Messages of ${person}, newest first`);
  const code = element(
    "p",
    "code-line",
    element("span", "quiet", "Code of the moment "),
    element("strong", "code"),
  );
  const phone = element(
    "article",
    "phone",
    element("h3", "", person, element("span", "quiet", ` ${role}`)),
    code,
    messages,
  );
  phone.id = `phone-${i}`;
  return phone;
}

/** A message's link becomes a link only if it leads to http(s): it came from outside. */
export function drawMessage({ at, text, link }: PhoneMessage): HTMLElement {
  const item = element(
    "li",
    "message",
    element("p", "quiet", `${at.slice(11, 19)} UTC`),
    element("p", "", text),
  );
  if (link !== null && /^https?:\/\//.test(link)) {
    const anchor = element("a", "button", "Open the link");
    anchor.setAttribute("href", link);
    anchor.setAttribute("target", "_blank");
    anchor.setAttribute("rel", "noreferrer noopener");
    item.append(anchor);
  }
  return item;
}
