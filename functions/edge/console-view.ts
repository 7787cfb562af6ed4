import { WATCHED, type Watched } from "../../activities/watch";
import type { ConsoleView, SystemView } from "../../console";
import { conclude } from "../../shared/conclude/conclude";
import { verdict, observationsOf } from "../../shared/conclude/votes";
import { disagreement } from "../../shared/disagreement";
import type { Look, Subject } from "../../shared/observation";
import { incidentDetail, summaryOf } from "../../shared/ledger/detail";
import { INCIDENTS, type IncidentRow } from "../../shared/ledger/incidents";
import { lastLook } from "../../shared/ledger/record";
import { holds, type Hold } from "../../shared/ledger/holds";
import { readStop } from "../../shared/ledger/limits";
import type { World } from "../../shared/world";
import { incidentList } from "./incident-list";

const LISTED = 20;

type Seen = Pick<Watched, "look" | "diagnosis">;

/** What the console shows: the ledger's incidents and the timer's last look. Reads only. */
export async function consoleView(world: World): Promise<ConsoleView> {
  const { ledger, estate, clock } = world;
  const [rows, stop, held, watched] = await Promise.all([
    incidentList(ledger, LISTED),
    readStop(ledger),
    holds(ledger, clock.now()),
    ledger.read<Watched>(INCIDENTS, WATCHED),
  ]);
  const seen = await newest(watched?.value, rows, world);
  const open = await Promise.all(
    rows.filter((row) => row.state !== "closed").map((row) => incidentDetail(ledger, row.id)),
  );
  return {
    company: estate.company,
    now: clock.now(),
    incidents: rows.map(summaryOf),
    open: open.filter((one) => one !== undefined),
    stop: stop ?? null,
    systems: withHolds(chain(seen, estate), held),
    disagreement: disagreement(seen?.look.observations ?? []),
    lastLookAt: seen?.look.at ?? null,
  };
}

/** The newest look there is: the timer's, or one that an open incident's orchestration has taken since. */
async function newest(
  watched: Seen | undefined,
  rows: IncidentRow[],
  world: World,
): Promise<Seen | undefined> {
  const open = rows.filter((row) => row.state !== "closed");
  const looks = await Promise.all(open.map((row) => lastLook(world.ledger, row.id)));
  return looks
    .filter((look) => look !== undefined)
    .map((look): Seen => ({ look, diagnosis: conclude(look, world.estate) }))
    .reduce(
      (latest: Seen | undefined, one) =>
        latest === undefined || one.look.at > latest.look.at ? one : latest,
      watched,
    );
}

function chain(watched: Seen | undefined, estate: World["estate"]): SystemView[] {
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
      .map(({ by, of: seen, saw }) => ({
        who: of.length > 1 && "name" in seen ? `${seen.name}: ${by}` : by,
        saw,
      }));
    return { system, state, says: suspect ? watched.diagnosis.says : "", by };
  });
}

/** A hold is shown wherever its system is: nobody should wonder why nothing is done. */
function withHolds(systems: SystemView[], held: Hold[]): SystemView[] {
  return systems.map((view) => {
    const hold = held.find((one) => one.system === view.system);
    if (hold === undefined) return view;
    const says = `Held by ${hold.by} until ${hold.until.slice(0, 16).replace("T", " ")} UTC: ${hold.because}. ${view.says}`;
    return { ...view, says: says.trim() };
  });
}

function stateOf(look: Look, of: Subject[]): SystemView["state"] {
  const verdicts = new Set(of.map((one) => verdict(look, one)));
  if (verdicts.has("healthy")) return "healthy";
  return verdicts.has("down") ? "down" : "unknown";
}
