import type { TrueServer } from "../types";
import { sessionsOf, statusOf, type Member } from "./member";

/** What is really so about one server of a stand-in, at `at` (milliseconds since the epoch). */
export function trueServer(balancer: string, member: Member, at: number): TrueServer {
  const { name, backup, answers5xx } = member;
  return {
    balancer,
    name,
    status: statusOf(member),
    backup,
    errors: answers5xx,
    sessions: sessionsOf(member, at),
  };
}
