import { z } from "zod";
import type { Estate } from "../../shared/estate";
import type { ObserveRequest, Probe } from "../../shared/probe";
import { edgeOf } from "../parts";
import { signatureFault, SIGNATURE_HEADER } from "../signature";
import { jsonAnswer, parsedBody, type WireAnswer, type WireRequest } from "../wire";

/** What one vantage was set up to look at. It looks at nothing else, whoever asks (S-12). */
export type VantageSetup = { name: string; secret: string; hostnames: string[]; endpoints: string[] };

export function vantageSetup(estate: Estate, name: string, secret: string): VantageSetup {
  const endpoints = [edgeOf(estate), ...estate.dns.servers, ...estate.balancers, ...estate.servers];
  return {
    name,
    secret,
    hostnames: [estate.service.hostname],
    endpoints: endpoints.map((one) => `${one.address}:${one.port}`),
  };
}

const port = z.int().min(1).max(65_535);
const dns = z.array(z.object({ address: z.string(), port })).min(1);
const probeSchema = z.discriminatedUnion("kind", [
  z.object({
    id: z.string(),
    kind: z.literal("customer"),
    hostname: z.string(),
    port,
    path: z.string().startsWith("/"),
    dns,
  }),
  z.object({
    id: z.string(),
    kind: z.literal("direct"),
    address: z.string(),
    port,
    hostname: z.string(),
    path: z.string().startsWith("/"),
  }),
  z.object({ id: z.string(), kind: z.literal("dns"), hostname: z.string(), dns }),
]);
const questionSchema = z.object({
  probes: z.array(probeSchema).max(100),
  timeoutMs: z.int().min(1).max(60_000),
});

/** The question, when it is one, is signed with this vantage's secret and asks nothing that it may not look at. */
export function admitted(
  setup: VantageSetup,
  request: WireRequest,
  nowMs: number,
): ObserveRequest | WireAnswer {
  if (request.url.split("?")[0] !== "/api/observe")
    return jsonAnswer(404, { error: "POST /api/observe is all there is." });
  if (request.method !== "POST") return jsonAnswer(405, { error: "POST a question." }, { allow: "POST" });
  const untrusted = signatureFault(request.headers[SIGNATURE_HEADER], request.body, setup.secret, nowMs);
  if (untrusted !== undefined) return jsonAnswer(401, { error: untrusted });
  const question = questionSchema.safeParse(parsedBody(request.body));
  if (!question.success) return jsonAnswer(400, { error: z.prettifyError(question.error) });
  const stranger = question.data.probes
    .map((probe) => strangerIn(setup, probe))
    .find((one) => one !== undefined);
  return stranger === undefined
    ? question.data
    : jsonAnswer(403, { error: `${setup.name} was not set up to look at ${stranger}.` });
}

export function isQuestion(value: ObserveRequest | WireAnswer): value is ObserveRequest {
  return "probes" in value;
}

function strangerIn(setup: VantageSetup, probe: Probe): string | undefined {
  const targets = probe.kind === "direct" ? [probe] : probe.dns;
  const stranger = targets
    .map((one) => `${one.address}:${one.port}`)
    .find((one) => !setup.endpoints.includes(one));
  return setup.hostnames.includes(probe.hostname) ? stranger : probe.hostname;
}
