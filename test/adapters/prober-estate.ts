import { allowList, type Asked } from "../../shared/observe/allow-list";
import type { ObserveQuestion } from "../../shared/observe/question";
import { questions } from "../../shared/questions";
import type { Estate } from "../../shared/estate";
import { shippedEstate } from "../support/estate";
import { probeAll } from "../../adapters/prober/prober";

export const NAME = "shop.example.com";
export const PATH = "/orders";

export type Place = { address?: string; port: number };

/** An estate whose name server, service and one server are at these places; everything else is nowhere near. */
export function estateAt(places: { dns?: Place[]; servicePort?: number; server?: Place }): Estate {
  const estate = shippedEstate();
  const at = ({ address = "127.0.0.1", port }: Place) => ({ address, port });
  return {
    ...estate,
    service: { ...estate.service, port: places.servicePort ?? 1, hostname: NAME, customerPath: PATH },
    dns: { servers: (places.dns ?? [{ port: 1 }]).map(at) },
    servers: estate.servers.slice(0, 1).map((one) => ({ ...one, ...at(places.server ?? { port: 1 }) })),
  };
}

/** What the estate's vantage sees of one of its own questions, by its id. */
export async function see(estate: Estate, id: string, timeoutMs = 2_000) {
  const asked = questions(estate).find((one) => one.probe.id === id)?.probe;
  if (asked === undefined) throw new Error(`no question ${id}`);
  return await seeProbe(estate, asked, timeoutMs);
}

export async function seeProbe(estate: Estate, asked: Asked, timeoutMs = 2_000) {
  const question: ObserveQuestion = { probes: [asked], timeoutMs };
  const [seen] = await probeAll(question, allowList(estate));
  if (seen === undefined) throw new Error("no result");
  return seen;
}
