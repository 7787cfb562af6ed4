import type { AdminState } from "../../shared/world";

/**
 * One server as HAProxy 2.6 keeps it. Health is a counter: at `rise` and above the server is up;
 * it takes `fall` failures from the top to go down and `rise` successes from the bottom to come up.
 */
export const rise = 2;
export const fall = 2;
const top = rise + fall - 1;

export type Member = {
  name: string;
  address: string;
  port: number;
  backup: boolean;
  admin: AdminState;
  health: number;
  /** HAProxy's code of the last check: INI, L7OK, L7STS, L7TOUT, L4CON, L4TOUT. */
  check: CheckCode;
  checkHttp: number | null;
  failedChecks: number;
  timesDown: number;
  /** Milliseconds since the epoch. */
  changedAt: number;
  requests: number;
  answers2xx: number;
  answers5xx: number;
  connectErrors: number;
  answerErrors: number;
  /** When each request that the server has not answered will be given up; ms since the epoch. */
  pending: number[];
};

export type CheckCode = "INI" | "L7OK" | "L7STS" | "L7TOUT" | "L4CON" | "L4TOUT";

/** Up from the start, and down after the first failed check, as HAProxy begins. */
export function newMember(of: Pick<Member, "name" | "address" | "port" | "backup">, at: number): Member {
  return {
    ...of,
    admin: "ready",
    health: rise,
    check: "INI",
    checkHttp: null,
    failedChecks: 0,
    timesDown: 0,
    changedAt: at,
    requests: 0,
    answers2xx: 0,
    answers5xx: 0,
    connectErrors: 0,
    answerErrors: 0,
    pending: [],
  };
}

export function isUp(member: Member): boolean {
  return member.admin !== "maint" && member.health >= rise;
}

/** HAProxy's own word: a drained server that is down says DOWN, one in maintenance always MAINT. */
export function statusOf(member: Member): string {
  if (member.admin === "maint") return "MAINT";
  if (member.health < rise) return member.health === 0 ? "DOWN" : `DOWN ${member.health}/${rise}`;
  if (member.admin === "drain") return "DRAIN";
  return member.health === top ? "UP" : `UP ${member.health - rise + 1}/${fall}`;
}

export function noteCheck(member: Member, check: CheckCode, http: number | null, at: number): void {
  member.check = check;
  member.checkHttp = http;
  if (check !== "L7OK") return noteFailedCheck(member, at);
  if (member.health === top) return;
  // The first success after the start, and the one that reaches `rise`, make it wholly up.
  const wasUp = member.health >= rise;
  member.health += 1;
  if (member.health < rise) return;
  member.health = top;
  if (!wasUp) member.changedAt = at;
}

function noteFailedCheck(member: Member, at: number): void {
  if (member.health >= rise) member.failedChecks += 1;
  if (member.health > rise) {
    member.health -= 1;
    return;
  }
  if (member.health === rise) {
    member.timesDown += 1;
    member.changedAt = at;
  }
  member.health = 0;
}

/** Leaving maintenance puts a server at "UP 1/2" before any check has passed: HAProxy trusts it at once. */
export function setAdmin(member: Member, admin: AdminState, at: number): void {
  if (member.admin === admin) return;
  if (member.admin === "maint") {
    member.health = rise;
    member.check = "INI";
  }
  if (admin === "maint") member.checkHttp = null;
  member.admin = admin;
  member.changedAt = at;
}

/** The servers that get requests: those up and ready; a `backup` only when no other is, and only the first. */
export function usable(members: Member[]): Member[] {
  const fit = members.filter((one) => one.admin === "ready" && one.health >= rise);
  const active = fit.filter((one) => !one.backup);
  return active.length > 0 ? active : fit.slice(0, 1);
}

export function sessionsOf(member: Member, at: number): number {
  return member.pending.filter((until) => until > at).length;
}
