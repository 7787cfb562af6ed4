import type { FaultView, Phone, Truth } from "../../types";
import type * as chain from "./chain";
import type * as customers from "./customers";
import type * as faults from "./faults";
import type * as phones from "./phones";
import type * as wire from "./wire";

// Ambient, not imported: in the browser these are plain functions of the same script (see ../script.ts).
declare const ask: typeof wire.ask;
declare const act: typeof wire.act;
declare const drawCustomers: typeof customers.drawCustomers;
declare const drawChain: typeof chain.drawChain;
declare const drawFaults: typeof faults.drawFaults;
declare const drawPhones: typeof phones.drawPhones;

/** A second after each answer, so that a slow sandbox is not asked twice at once. */
export function follow(): void {
  const before = { ok: -1, failed: -1 };
  const trouble = document.querySelector<HTMLElement>("#trouble");
  const again = async () => {
    const says = await look(before).catch(
      (error: unknown) => `The sandbox does not answer: ${String(error)}`,
    );
    if (trouble && trouble.textContent !== says) trouble.textContent = says;
    if (trouble) trouble.hidden = says === "";
    setTimeout(() => void again(), 1000);
  };
  document.querySelector("#reset")?.addEventListener("click", () => void act("POST", "/reset"));
  void leadToConsole();
  void again();
}

/** One look at everything. Returns what is wrong, or nothing. */
export async function look(before: { ok: number; failed: number }): Promise<string> {
  const [truth, faults, phones] = await Promise.all([
    ask<Truth>("/truth"),
    ask<FaultView[]>("/faults"),
    ask<Phone[]>("/phones"),
  ]);
  drawCustomers(truth.customers, before);
  drawChain(truth, faults);
  drawFaults(faults);
  drawPhones(phones);
  return "";
}

/** The page already has the usual address; where the sandbox knows better, it says so. */
export async function leadToConsole(): Promise<void> {
  const company = await ask<{ console?: string }>("/company").catch(() => undefined);
  const link = document.querySelector("#console");
  if (company?.console !== undefined && /^https?:\/\//.test(company.console))
    link?.setAttribute("href", company.console);
}
