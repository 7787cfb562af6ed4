import { RecoveryError } from "../shared/errors";
import type { Balancer } from "../shared/estate";
import type { ServerState } from "../shared/observation";
import type { BalancerPort } from "../shared/world";
import { loadOf } from "./haproxy-load";
import { plainText } from "./plain-text";
import { parseStat } from "./haproxy-stat";

/** Sends one command line to a Runtime API and returns everything that was answered until the end. */
export type Exchange = (runtimeApiUrl: string, command: string) => Promise<string>;

const NAME = /^[A-Za-z0-9_.-]+$/;

/**
 * The only commands that ever reach a Runtime API. It has no authentication of its own and takes several
 * commands in one line, so nothing that could carry a second one gets through (S-11).
 */
const ALLOWED =
  /^(show stat|show info|show servers state|set server [A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+ state (ready|drain|maint))$/;

/**
 * One HAProxy, by its Runtime API. Throws `BALANCER_UNREACHABLE` or `BALANCER_NO_ANSWER` (from the exchange),
 * `BALANCER_UNCLEAR_ANSWER`, `BALANCER_REFUSED`, or `COMMAND_REFUSED` before anything was sent.
 */
export function haproxyBalancer({
  balancer,
  exchange,
}: {
  balancer: Balancer;
  exchange: Exchange;
}): BalancerPort {
  const send = async (command: string): Promise<string> => {
    if (!ALLOWED.test(command)) throw commandRefused(command);
    const answer = await exchange(balancer.runtimeApi, command);
    // Nothing at all is a guard in front of it that closed the connection: HAProxy itself always says something.
    if (answer === "") throw dropped(balancer, command);
    return answer;
  };
  return {
    servers: async () => serversOf(await send("show stat"), balancer),
    load: async () => {
      const load = loadOf(await send("show info"), rowsOf(await send("show stat"), balancer));
      if (load === undefined) throw unclear(balancer.name, 'its "show info" does not say how busy it is');
      return load;
    },
    setState: async (server, state) => {
      const answer = await send(`set server ${balancer.backend}/${server} state ${state}`);
      // An empty line is HAProxy's "done".
      if (!/^\s+$/.test(answer)) throw refused(balancer, server, state, answer);
    },
  };
}

function rowsOf(answer: string, { name }: Balancer): Record<string, string>[] {
  const rows = parseStat(answer);
  if (!rows) throw unclear(name, `it says "${plainText(answer, 120)}" instead of statistics`);
  return rows;
}

function serversOf(answer: string, balancer: Balancer): ServerState[] {
  const { name, backend } = balancer;
  const ours = rowsOf(answer, balancer).filter((row) => row["pxname"] === backend);
  const servers = ours.filter((row) => row["type"] === "2");
  // A backend without servers is what a bad reload leaves; no such backend is a mistake in our own configuration.
  if (servers.length === 0 && !ours.some((row) => row["type"] === "1"))
    throw unclear(name, `it knows no backend "${backend}"`);
  return servers.map((row) => stateOf(row, name));
}

function stateOf(row: Record<string, string>, balancer: string): ServerState {
  const { svname: name = "", status = "", check_status: check = "", bck: backup } = row;
  if (!NAME.test(name) || status === "")
    throw unclear(balancer, `it lists a server "${plainText(name, 60)}" with status "${status}"`);
  return {
    name,
    status,
    // A leading "*" only says that a check is going on; what follows is the last result.
    check: check.replace(/^\* /, ""),
    backup: backup === "1",
    errors: count(row["hrsp_5xx"]),
    sessions: count(row["scur"]),
  };
}

/** A column that does not apply, such as HTTP answers in TCP mode, is empty. */
function count(text: string | undefined): number {
  const number = Number(text ?? "");
  return Number.isFinite(number) ? number : 0;
}

function commandRefused(command: string): RecoveryError {
  return new RecoveryError(
    "COMMAND_REFUSED",
    `No command was sent: ${JSON.stringify(command.slice(0, 120))} is not one that Switchover gives to a balancer.`,
    "Servers and backends are named with letters, digits, dots, dashes and underscores; states are ready, drain and maint.",
  );
}

function dropped({ name }: Balancer, command: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_NO_ANSWER",
    `${name} closed the connection without an answer to "${command}".`,
    "Check that the guard in front of its Runtime API allows this command, as docs/configuration.md shows.",
  );
}

function refused({ name }: Balancer, server: string, state: string, answer: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_REFUSED",
    `${name} did not set ${server} to ${state}: ${plainText(answer, 200)}`,
    "Compare the servers' and the backend's names in the configuration with haproxy.cfg, and the level of its stats socket.",
  );
}

function unclear(balancer: string, what: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_UNCLEAR_ANSWER",
    `${balancer}'s Runtime API gave an answer that can't be relied on: ${what}.`,
    "Check balancers[].runtimeApi and balancers[].backend in the configuration against haproxy.cfg.",
  );
}
