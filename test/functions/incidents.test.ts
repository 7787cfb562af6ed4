import { status, explain } from "../../cli/ask-running";
import type { IncidentSummary } from "../../shared/incident";
import { closeIncident, incidentId, openIncident, type Scope } from "../../shared/ledger/incidents";
import type { Ledger } from "../../shared/ledger/port";
import { textOf } from "../console/markup";
import { startDrill, type Drill } from "../support/drill";
import { served, type Served } from "../support/served";

const DAY = "2026-02-01T";

/** The `second`-th second of a day long before the drill's: the later, the newer. */
const at = (second: number) => new Date(Date.parse(`${DAY}00:00:00.000Z`) + second * 1_000).toISOString();

async function opened(ledger: Ledger, scope: Scope, second: number): Promise<string> {
  const id = incidentId(at(second), `${scope}-${second}`);
  await openIncident(ledger, { id, scope, at: at(second), because: `${scope} broke` });
  return id;
}

/** A flapping system: so many incidents that opened and closed. */
async function closed(ledger: Ledger, count: number): Promise<void> {
  for (let second = 10; second < 10 + count; second++) {
    const id = await opened(ledger, "dns", second);
    const fence = { incident: id, epoch: 1, instance: id };
    const end = { outcome: "stood-down", says: "It healed.", at: at(second), also: () => [] } as const;
    await closeIncident(ledger, fence, end);
  }
}

/** An incident that waits for people for days must not be pushed out of sight by what comes and goes meanwhile. */
describe("the list of incidents", () => {
  let drill: Drill;
  let server: Served;
  let first: string;
  let second: string;
  beforeAll(async () => {
    drill = await startDrill({ mode: "straight" });
    first = await opened(drill.ledger, "storage", 1);
    second = await opened(drill.ledger, "database", 2);
    await closed(drill.ledger, 120);
    server = await served((request) => drill.host().fetch(request));
  });
  afterAll(async () => {
    server.close();
    await drill.end();
  });
  afterEach(() => jest.restoreAllMocks());

  it("answers the open ones first, the newest before, then the newest of the closed, a hundred in all", async () => {
    const answer = await drill.get("/api/incidents");
    const { incidents } = (await answer.json()) as { incidents: IncidentSummary[] };
    const ids = incidents.map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual([second, first, incidentId(at(129), "dns-129")]);
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
    expect(incidents.slice(2).every(({ state }) => state === "closed")).toBe(true);
  });

  it("has an old open one on the console's front page, whole and in the list", async () => {
    const page = await (await drill.get("/")).text();
    expect(textOf(page)).toContain("2 open incidents");
    for (const id of [first, second]) expect(page.split(`href="/incidents/${id}"`)).toHaveLength(3);
    expect(page.lastIndexOf(first)).toBeLessThan(page.indexOf("dns-129"));
  });

  it("is begun by the open ones in `status`, and `explain` takes the newest of them", async () => {
    const said: string[] = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
    await status(["--url", server.url]);
    expect(said[0]).toContain(second);
    expect(said[2]).toContain(first);
    said.length = 0;
    await explain(["--url", server.url]);
    expect(said[0]).toContain(second);
  });
});
