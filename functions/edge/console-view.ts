import { WATCHED, type Watched } from "../../activities/watch";
import type { ConsoleView, SystemView } from "../../console";
import { verdict, observationsOf } from "../../shared/conclude/votes";
import type { Look, Subject } from "../../shared/observation";
import { incidentDetail, summaryOf } from "../../shared/ledger/detail";
import { INCIDENTS, listIncidents } from "../../shared/ledger/incidents";
import { readStop } from "../../shared/ledger/limits";
import type { World } from "../../shared/world";

const RECENT = 20;

/** What the console shows: the ledger's incidents and the timer's last look. Reads only. */
export async function consoleView(world: World): Promise<ConsoleView> {
  const { ledger, estate, clock } = world;
  const [rows, stop, watched] = await Promise.all([
    listIncidents(ledger, RECENT),
    readStop(ledger),
    ledger.read<Watched>(INCIDENTS, WATCHED),
  ]);
  const open = await Promise.all(
    rows.filter((row) => row.state !== "closed").map((row) => incidentDetail(ledger, row.id)),
  );
  return {
    company: estate.company,
    now: clock.now(),
    incidents: rows.map(summaryOf),
    open: open.filter((one) => one !== undefined),
    stop: stop ?? null,
    systems: chain(watched?.value, estate),
    lastLookAt: watched?.value.look.at ?? null,
  };
}

function chain(watched: Watched | undefined, estate: World["estate"]): SystemView[] {
  const parts: { system: string; of: Subject[] }[] = [
    { system: "dns", of: [{ kind: "dns" }] },
    { system: "cloudflare", of: [{ kind: "edge" }] },
    { system: "load-balancer", of: estate.balancers.map((one) => ({ kind: "balancer", name: one.name })) },
    {
      system: "api-servers",
      of: estate.servers.map((one) => ({ kind: "server-customers", name: one.name })),
    },
  ];
  return parts.map(({ system, of }) => {
    if (watched === undefined) return { system, state: "unknown", says: "Not looked at yet.", by: [] };
    const suspect = watched.diagnosis.system === system && watched.diagnosis.finding !== "healthy";
    const state = suspect ? "suspect" : stateOf(watched.look, of);
    const by = of
      .flatMap((one) => observationsOf(watched.look, one))
      .map(({ by: who, saw }) => ({ who, saw }));
    return { system, state, says: suspect ? watched.diagnosis.says : "", by };
  });
}

function stateOf(look: Look, of: Subject[]): SystemView["state"] {
  const verdicts = new Set(of.map((one) => verdict(look, one)));
  if (verdicts.has("healthy")) return "healthy";
  return verdicts.has("down") ? "down" : "unknown";
}
