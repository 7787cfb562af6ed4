import type { Estate } from "../../shared/estate";
import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

/** The vantages look the name up at the zone's own servers, or at the resolvers that customers use. */
const lookups = [
  { where: "the zone's own servers", tune: () => undefined },
  {
    where: "customers' resolvers",
    tune: (estate: Estate) => {
      const { servers, resolvers = [] } = estate.dns;
      estate.dns = { servers: resolvers, authoritative: servers };
    },
  },
];

describe.each(modes)("a switch of a record that is not proxied, %s", (mode) => {
  let drill: Drill;
  const start = async (ttl: number, tune: (estate: Estate) => void) => {
    drill = await startDrill({ mode, tune });
    const [balancer] = drill.estate.balancers;
    drill.company.editRecord(drill.estate.service.hostname, balancer?.address ?? "", { proxied: false, ttl });
    await drill.advance(31_000);
    await drill.until("customers are served", () => drill.company.truth().customers.streak > 0, 400_000);
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    expect((await approve(drill, "bo")).status).toBe(303);
    await drill.until("the record leads to the backup", () => drill.changes().length > 0);
  };
  const backup = () => drill.estate.servers.find((one) => one.role === "backup")?.address;
  afterEach(async () => drill.end());

  it.each(lookups)("is not called in vain before the old TTL is over, seen from $where", async ({ tune }) => {
    await start(300, tune);
    // Longer than the window for verification, which the TTL makes longer still.
    expect(drill.estate.policy.windows.verify).toBe(45_000);
    // A hostile platform may have taken longer than the TTL before it switched.
    const cached = mode !== "hostile";
    if (cached) await drill.advance(60_000);
    const { streak } = drill.company.truth().customers;
    expect({ cached, astray: streak < -60 || !cached }).toEqual({ cached, astray: true });
    await drill.closed(900_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "balancer-host-down", outcome: "recovered" });
    const waiting = "keep the old address for up to 300 s; waiting that much longer.";
    expect(storyOf(incident)).toContain(cached ? `${waiting} Now the resolver ` : "");
    expect(drill.company.truth().records[0]?.content).toBe(backup());
    await drill.until("customers are served", () => drill.company.truth().customers.streak > 0, 5_000);
    await checkInvariants(drill);
  });
});

describe("a switch of a record with a TTL of a day", () => {
  it("is left in force and handed over, when resolvers may keep the old address for longer than we wait", async () => {
    const tune = lookups[1]?.tune ?? (() => undefined);
    const drill = await startDrill({ mode: "straight", tune });
    const [balancer] = drill.estate.balancers;
    drill.company.editRecord(drill.estate.service.hostname, balancer?.address ?? "", {
      proxied: false,
      ttl: 86_400,
    });
    await drill.advance(400_000);
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await approve(drill, "bo");
    await drill.closed(4_500_000);
    const incident = await drill.incident();
    expect(incident.outcome).toBe("handed-over");
    expect(incident.says).toContain("left in force");
    expect(drill.changes()).toHaveLength(1);
    await checkInvariants(drill);
    await drill.end();
  });
});
