import { RecoveryError } from "../shared/errors";
import type { Ledger } from "../shared/ledger/port";
import type { Clock } from "../shared/time";
import type {
  BalancerPort,
  CodesPort,
  LinksPort,
  MachinePort,
  PagerPort,
  RecordsPort,
  VantagePort,
  World,
  ZonePort,
} from "../shared/world";

/** What a call of a port does outside: nothing but reading, or more than that. */
type Use = "reads" | "refused";

/** Every function of a port must be named here; the compiler asks for one that is new. */
type Uses<Port> = {
  readonly [K in keyof Port as Required<Port>[K] extends (...args: never[]) => unknown ? K : never]-?: Use;
};

const clock: Uses<Clock> = { now: "reads", sleep: "reads" };
const ledger: Uses<Ledger> = { read: "reads", list: "reads", commit: "refused", close: "reads" };
const vantage: Uses<VantagePort> = { observe: "reads" };
const balancer: Uses<BalancerPort> = { servers: "reads", load: "reads", setState: "refused" };
// Asking for a service runs a command on the machine, with all rights there: that is more than looking.
const machine: Uses<MachinePort> = {
  power: "reads",
  trouble: "reads",
  service: "refused",
  start: "refused",
  restart: "refused",
  startService: "refused",
};
const records: Uses<RecordsPort> = { read: "reads", update: "refused" };
const zone: Uses<ZonePort> = {
  securityLevel: "reads",
  setSecurityLevel: "refused",
  paused: "reads",
  exportRecords: "reads",
};
const pager: Uses<PagerPort> = { tell: "refused" };
const codes: Uses<CodesPort> = { stepOf: "reads" };
const links: Uses<LinksPort> = { token: "reads", hashOf: "reads", formToken: "reads" };

/**
 * The same world, through which nothing can be changed and nobody told: each call that would is refused with
 * `READ_ONLY` before anything is sent. A port or a function that is new does not compile until somebody has
 * said here which it is, so that looking at a real company stays safe whatever is added.
 */
export function readOnlyWorld(world: World): World {
  return {
    estate: world.estate,
    clock: guarded("clock", world.clock, clock),
    ledger: guarded("ledger", world.ledger, ledger),
    vantages: world.vantages.map((one) => guarded("vantage", one, vantage)),
    balancer: (name) => guarded("balancer", world.balancer(name), balancer),
    machine(name) {
      const port = world.machine(name);
      return port && guarded("machine", port, machine);
    },
    records: guarded("records", world.records, records),
    zone: guarded("zone", world.zone, zone),
    pager: guarded("pager", world.pager, pager),
    codes: guarded("codes", world.codes, codes),
    links: guarded("links", world.links, links),
    digest: (value) => world.digest(value),
    shortId: () => world.shortId(),
  } satisfies { [P in keyof Required<World>]: World[P] };
}

/** Data passes, and what was classified as reading. A function that nobody classified is not there at all. */
function guarded<Port extends object>(name: string, port: Port, uses: Uses<Port>): Port {
  const data = Object.entries(port).filter(([, value]) => typeof value !== "function");
  const calls = Object.entries<Use>(uses).map(([member, use]) => {
    if (use === "refused") return [member, () => Promise.reject(readOnly(`${name}.${member}`))];
    const call: unknown = port[member as keyof Port];
    return [member, typeof call === "function" ? call.bind(port) : call];
  });
  return Object.fromEntries([...data, ...calls]) as Port;
}

function readOnly(call: string): RecoveryError {
  return new RecoveryError(
    "READ_ONLY",
    `${call} was refused: this run only looks, and changes nothing.`,
    "Start Switchover without --observe for that.",
  );
}
