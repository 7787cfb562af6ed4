import { drawChain } from "./browser/chain";
import { drawCustomers } from "./browser/customers";
import { element, replaceIfNew, words } from "./browser/dom";
import { drawFault, drawFaults } from "./browser/faults";
import { follow, leadToConsole, look } from "./browser/follow";
import { meaning } from "./browser/meaning";
import { drawMessage, drawPhone, drawPhones } from "./browser/phones";
import { act, ask } from "./browser/wire";

const functions = [
  element,
  replaceIfNew,
  words,
  meaning,
  ask,
  act,
  drawCustomers,
  drawChain,
  drawFaults,
  drawFault,
  drawPhones,
  drawPhone,
  drawMessage,
  follow,
  look,
  leadToConsole,
];

/**
 * The page's script, as text for the wire. The functions of `browser/` are never called on this side;
 * they are sent by their own source and meet in the browser under their own names. So they may use
 * nothing but each other and the browser. Whatever comes from the sandbox goes in as text.
 */
export function sandboxPageScript(): string {
  return `"use strict";\n${functions.map(String).join("\n")}\nfollow();\n`;
}
