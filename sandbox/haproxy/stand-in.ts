import type { Balancer, Estate } from "../../shared/estate";
import {
  askHttp,
  get,
  neverAnswers,
  textAnswer,
  type HttpReply,
  type Talk,
  type WireAnswer,
  type WireRequest,
} from "../wire";
import { configuredPort, type Setup } from "./setup";
import { startTraffic, type Traffic } from "./traffic";
import { newMember, noteCheck, usable, type CheckCode, type Member } from "./member";

/** The time-outs of the sandbox's HAProxy configuration, real and stand-in alike. */
export const haproxyTimeouts = {
  connectMs: 1_000,
  serverMs: 4_000,
  queueMs: 2_000,
  clientMs: 10_000,
  checkMs: 1_000,
};

/** The connections of customers that one HAProxy takes at a time, real and stand-in alike. */
export const maxconn = 512;

/** One HAProxy process, from its start to its end. */
export type Haproxy = {
  backend: string;
  members: Member[];
  startedAt: number;
  traffic: Traffic;
  /** Asks one server how it is; one in maintenance is left alone. */
  check(member: Member): Talk<void>;
  forward(request: WireRequest): Talk<WireAnswer>;
};

export function startHaproxy(
  estate: Estate,
  balancer: Balancer,
  clock: () => number,
  setup: Setup = {},
): Haproxy {
  const servers = setup.config === "no-servers" ? [] : estate.servers;
  const members = servers.map(({ name, address, port, role }) =>
    newMember({ name, address, port: configuredPort(port, setup), backup: role === "backup" }, clock()),
  );
  const traffic = startTraffic(setup.maxconn ?? maxconn);
  let turn = 0;

  function* check(member: Member): Talk<void> {
    if (member.admin === "maint") return;
    const reply = yield* askHttp({
      kind: "http",
      address: member.address,
      port: member.port,
      request: get(estate.service.healthPath, estate.service.hostname),
      connectMs: haproxyTimeouts.checkMs,
      timeoutMs: haproxyTimeouts.checkMs,
    });
    noteCheck(member, codeOf(reply), reply.kind === "answered" ? reply.answer.status : null, clock());
  }

  /** One retry, on another server when there is one (`retries 1`, `option redispatch`). */
  function* pass(request: WireRequest): Talk<WireAnswer> {
    const fit = usable(members);
    if (fit.length === 0) return unavailable;
    turn += 1;
    let waited = 0;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const member = fit[(turn + attempt) % fit.length];
      if (member === undefined) break;
      member.requests += 1;
      const reply = yield* askHttp({
        kind: "http",
        address: member.address,
        port: member.port,
        request,
        connectMs: haproxyTimeouts.connectMs,
        timeoutMs: haproxyTimeouts.serverMs,
      });
      waited += reply.tookMs;
      const answer = noteReply(member, reply, clock());
      if (answer !== undefined) return { ...answer, afterMs: waited };
    }
    return { ...unavailable, afterMs: waited };
  }

  function* forward(request: WireRequest): Talk<WireAnswer> {
    const at = clock();
    const connection = traffic.begin(at);
    // Full: whoever comes now waits before the door, longer than anybody waits.
    if (connection === undefined) return neverAnswers;
    const answer = yield* pass(request);
    connection.until = at + answer.afterMs;
    return answer;
  }

  return { backend: balancer.backend, members, startedAt: clock(), traffic, check, forward };
}

/** The answer to pass on, or undefined when there was no connection and another server may be tried. */
function noteReply(member: Member, reply: HttpReply, at: number): WireAnswer | undefined {
  if (reply.kind === "answered") {
    if (reply.answer.status >= 500) member.answers5xx += 1;
    if (reply.answer.status >= 200 && reply.answer.status < 300) member.answers2xx += 1;
    return reply.answer;
  }
  if (reply.why === "refused" || reply.why === "connect-timeout") {
    member.connectErrors += 1;
    return undefined;
  }
  member.answerErrors += 1;
  member.pending = [...member.pending.filter((until) => until > at), at + haproxyTimeouts.serverMs];
  return reply.why === "reset"
    ? page(502, "Bad Gateway", "The server returned an invalid or incomplete response.")
    : timedOut;
}

function codeOf(reply: HttpReply): CheckCode {
  if (reply.kind === "answered") return reply.answer.status === 200 ? "L7OK" : "L7STS";
  return (
    {
      refused: "L4CON",
      reset: "L4CON",
      certificate: "L4CON",
      "connect-timeout": "L4TOUT",
      "answer-timeout": "L7TOUT",
    } as const
  )[reply.why];
}

function page(status: number, title: string, says: string): WireAnswer {
  return textAnswer(status, `<html><body><h1>${status} ${title}</h1>\n${says}\n</body></html>\n`, {
    "cache-control": "no-cache",
  });
}

const unavailable = page(503, "Service Unavailable", "No server is available to handle this request.");
const timedOut = page(504, "Gateway Time-out", "The server didn't respond in time.");
