import { createHash } from "node:crypto";
import { servesTls } from "../shared/certificate";
import type { Estate } from "../shared/estate";
import type { SecurityLevel } from "../shared/plan";
import { failsChallenge } from "./attackers";
import type { Condition } from "./condition";
import type { TrueRecord } from "./types";
import { askHttp, byTls, textAnswer, type App, type HttpReply, type WireAnswer } from "./wire";

/** How long the edge waits for a connection to the origin, and for its answer. Cloudflare's own 100 s for the latter. */
const CONNECT_MS = 1_500;
const ANSWER_MS = 100_000;

/** Cloudflare's edge: takes requests for proxied names and asks the origin that the record leads to. */
export function edge(
  estate: Estate,
  zone: () => { records: TrueRecord[]; level: SecurityLevel },
  behaves: () => Condition["behaves"],
): App {
  let count = 0;
  return function* answerRequest(request) {
    count += 1;
    const ray = createHash("sha256").update(String(count)).digest("hex").slice(0, 16);
    if (behaves() !== "well") return edgeError(500, "Internal server error", ray);
    const host = (request.headers["host"] ?? "").split(":")[0]?.toLowerCase();
    const { records, level } = zone();
    if (level === "under_attack" && failsChallenge(request)) return challenge(ray);
    const named = records.filter((one) => one.name === host);
    // One proxied record makes the whole name proxied; for any other name the edge is not the place to ask.
    if (!named.some((one) => one.proxied)) return edgeError(530, "DNS resolution error (1001)", ray);
    const origin = named[0];
    if (origin === undefined) return edgeError(530, "Origin DNS error (1016)", ray);
    const reply = yield* askHttp({
      kind: "http",
      address: origin.content,
      port: estate.service.port,
      // As with "Full (strict)": the origin's certificate is checked.
      ...byTls(servesTls(estate), "checked"),
      request: { ...request, headers: { ...request.headers, "cf-ray": ray } },
      connectMs: CONNECT_MS,
      timeoutMs: ANSWER_MS,
    });
    return passedOn(reply, ray);
  };
}

function passedOn(reply: HttpReply, ray: string): WireAnswer {
  if (reply.kind === "failed") {
    const [status, says] = originErrors[reply.why];
    return { ...edgeError(status, says, ray), afterMs: reply.tookMs };
  }
  const headers = { ...reply.answer.headers, server: "cloudflare", "cf-ray": ray };
  return { ...reply.answer, headers, afterMs: reply.tookMs };
}

/** Cloudflare's numbers for an origin that it can't use. */
const originErrors = {
  refused: [521, "Web server is down"],
  "connect-timeout": [522, "Connection timed out"],
  reset: [520, "Web server returned an unknown error"],
  "answer-timeout": [524, "A timeout occurred"],
  certificate: [526, "Invalid SSL certificate"],
} as const;

/** What stands between a visitor and the service until the browser has proved to be one. */
function challenge(ray: string): WireAnswer {
  const answer = edgeError(403, "Just a moment...", ray);
  return { ...answer, headers: { ...answer.headers, "cf-mitigated": "challenge" } };
}

function edgeError(status: number, says: string, ray: string): WireAnswer {
  return textAnswer(status, `<html><body><h1>Error ${status}</h1>${says}</body></html>\n`, {
    server: "cloudflare",
    "cf-ray": ray,
  });
}
