import type { AdminState } from "../../shared/world";
import { showServersState, showStat } from "./show-stat";
import type { Haproxy } from "./stand-in";
import { setAdmin, type Member } from "./member";

/** Told before and after each accepted `set server … state`; what it throws ends the connection. */
export type SetState = (member: Member, state: AdminState, apply: () => void) => void;

/**
 * HAProxy's command line: several commands with ";", the answers one after the other. Success of a
 * write is an empty line; errors are text in the same stream, word for word as 2.6.12 says them.
 */
export function runtimeAnswer(haproxy: Haproxy, line: string, at: number, onSet: SetState): string {
  const first = line.split("\n")[0] ?? "";
  return first
    .split(";")
    .map((command) => oneAnswer(haproxy, command.trim().split(/\s+/), at, onSet))
    .join("");
}

function oneAnswer(haproxy: Haproxy, words: string[], at: number, onSet: SetState): string {
  const [verb, noun, third] = [words[0] ?? "", words[1] ?? "", words[2]];
  if (verb === "show" && noun === "stat") return statAnswer(haproxy, words.slice(2), at);
  if (verb === "show" && noun === "info") return infoAnswer(haproxy, at);
  if (verb === "show" && noun === "servers" && third === "state") {
    const backend = words[3];
    return backend === undefined || backend === haproxy.backend
      ? showServersState(haproxy, at)
      : "Can't find backend.\n\n";
  }
  if (verb === "set" && noun === "server") return setServerAnswer(haproxy, words.slice(2), at, onSet);
  return unknownCommand;
}

/** `show stat [proxy kinds server]`; with fewer than three words HAProxy ignores them all. */
function statAnswer(haproxy: Haproxy, words: string[], at: number): string {
  const [proxy, kinds, server] = words;
  if (proxy === undefined || kinds === undefined || server === undefined) return showStat(haproxy, at);
  if (proxy === haproxy.backend || proxy === "3")
    return showStat(haproxy, at, Number(kinds) & 6, Number(server));
  return proxy === "-1" ? showStat(haproxy, at, Number(kinds), Number(server)) : "No such proxy.\n\n";
}

function setServerAnswer(haproxy: Haproxy, words: string[], at: number, onSet: SetState): string {
  const [target, what, state] = words;
  const [backend, name] = target?.split("/") ?? [];
  if (backend === undefined || name === undefined) return "Require 'backend/server'.\n\n";
  if (backend !== haproxy.backend) return "No such backend.\n\n";
  const member = haproxy.members.find((one) => one.name === name);
  if (member === undefined) return "No such server.\n\n";
  if (what !== "state") return usage;
  if (state !== "ready" && state !== "drain" && state !== "maint") {
    return "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n\n";
  }
  onSet(member, state, () => setAdmin(member, state, at));
  return "\n";
}

function infoAnswer(haproxy: Haproxy, at: number): string {
  const uptime = Math.floor((at - haproxy.startedAt) / 1_000);
  const { connections, rate, limit } = haproxy.traffic.load(at);
  const lines = [
    "Name: HAProxy",
    "Version: 2.6.12-sandbox",
    "Process_num: 1",
    `Uptime_sec: ${uptime}`,
    `Maxconn: ${limit}`,
    `CurrConns: ${connections}`,
    `SessRate: ${rate}`,
    "Stopping: 0",
  ];
  return `${lines.join("\n")}\n\n`;
}

const usage =
  "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send | check-addr | check-port | fqdn | health | ssl | state | weight\n\n";

const unknownCommand = `Unknown command. Please enter one of the following commands only:
  set server <bk>/<srv> [opts]            : change a server's state, weight, address or ssl
  show info [desc|json|typed|float]*      : report information about the running process
  show servers state [<backend>]          : dump volatile server information (all or for a single backend)
  show stat [desc|json|no-maint|typed|up]*: report counters for each proxy and server
\n`;
