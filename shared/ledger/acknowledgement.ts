import type { Instant } from "../time";
import type { Ledger } from "./port";
import { detailsOf } from "./record";

/** Somebody owns the incident: every page that is still due is not sent. The first one counts. */
export type Acknowledgement = { person: string; says: string; at: Instant };

export async function acknowledge(
  ledger: Ledger,
  incident: string,
  by: Acknowledgement,
): Promise<Acknowledgement> {
  await ledger.commit(detailsOf(incident), [{ put: "acknowledged", value: by, ifVersion: null }]);
  return (await acknowledgement(ledger, incident)) ?? by;
}

export async function acknowledgement(
  ledger: Ledger,
  incident: string,
): Promise<Acknowledgement | undefined> {
  return (await ledger.read<Acknowledgement>(detailsOf(incident), "acknowledged"))?.value;
}
