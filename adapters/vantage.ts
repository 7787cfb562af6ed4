import { createHmac } from "node:crypto";
import { z } from "zod";
import { RecoveryError } from "../shared/errors";
import type { ObserveRequest, ObserveResponse, Probe } from "../shared/probe";
import type { Instant } from "../shared/time";
import type { VantagePort } from "../shared/world";
import { plainText } from "./plain-text";
import { readText, TooLong } from "./read-text";
import { rootCause } from "./root-cause";
import { within } from "./within";

export type VantageOptions = {
  name: string;
  url: string;
  /** Asked for at every call; signs the request. */
  secret: () => string;
  fetch: typeof fetch;
  now: () => Instant;
};

/** What one probe may take at the vantage, and what the whole answer may take to arrive here. */
const PROBE_MS = 2_000;
const DEADLINE_MS = 4_000;

const tookMs = z.number().nonnegative();
const certificate = z.object({
  issuer: z.string().max(200),
  notAfter: z.iso.datetime(),
  trusted: z.boolean(),
  fits: z.boolean(),
});
const answer = z.object({
  vantage: z.string(),
  results: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        id: z.string(),
        kind: z.literal("answered"),
        status: z.int(),
        by: z.string().exactOptional(),
        certificate: certificate.exactOptional(),
        tookMs,
      }),
      z.object({
        id: z.string(),
        kind: z.literal("resolved"),
        addresses: z.array(z.string()),
        ttl: z.number().nonnegative().exactOptional(),
        tookMs,
      }),
      z.object({ id: z.string(), kind: z.literal("failed"), reason: z.string(), tookMs }),
      z.object({ id: z.string(), kind: z.literal("refused"), reason: z.string(), tookMs }),
    ]),
  ),
});

/**
 * A vantage on another machine. Throws `VANTAGE_UNREACHABLE`, `VANTAGE_REFUSED` or `VANTAGE_UNCLEAR_ANSWER`:
 * all three mean that nothing was seen from there, which is not the same as "down".
 */
export function httpVantage({ name, url, secret, fetch, now }: VantageOptions): VantagePort {
  const late = () => unreachable(name, `it did not answer within ${DEADLINE_MS / 1_000} s`);
  return {
    name,
    observe: async (probes) => {
      const body = JSON.stringify({ probes, timeoutMs: PROBE_MS } satisfies ObserveRequest);
      const headers = {
        "content-type": "application/json",
        "x-switchover-signature": sign(body, secret(), now()),
      };
      const target = `${url.replace(/\/+$/, "")}/api/observe`;
      const text = await within(DEADLINE_MS, late, async (signal) => {
        try {
          // A redirect would carry our questions, signed, to somewhere that nobody configured (S-12).
          const response = await fetch(target, { method: "POST", headers, body, redirect: "manual", signal });
          if (response.status === 200) return await readText(response);
          await response.body?.cancel();
          throw refused(name, response.status);
        } catch (thrown) {
          if (thrown instanceof RecoveryError) throw thrown;
          if (thrown instanceof TooLong) throw unclear(name, thrown.message);
          throw unreachable(name, plainText(rootCause(thrown).message, 200));
        }
      });
      return parse(name, text, probes);
    },
  };
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">`: a copied request is stale within minutes. */
export function sign(body: string, secret: string, at: Instant): string {
  const t = Math.floor(Date.parse(at) / 1_000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

function parse(name: string, text: string, probes: Probe[]): ObserveResponse {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unclear(name, `it is not JSON: "${plainText(text, 80)}"`);
  }
  const parsed = answer.safeParse(json);
  if (!parsed.success) throw unclear(name, plainText(z.prettifyError(parsed.error), 200));
  const { vantage, results } = parsed.data;
  // Two entries that lead to one process would count one look twice.
  if (vantage !== name) throw unclear(name, `it calls itself "${plainText(vantage, 60)}"`);
  const asked = new Set(probes.map((probe) => probe.id));
  const stranger = results.find((result) => !asked.delete(result.id));
  if (stranger)
    throw unclear(name, `it answers "${plainText(stranger.id, 60)}", which was not asked, or asked once`);
  return { vantage, results };
}

function unreachable(name: string, says: string): RecoveryError {
  return new RecoveryError(
    "VANTAGE_UNREACHABLE",
    `The vantage ${name} can't be asked: ${says}.`,
    "Its look counts as unknown. Check vantages[].url.",
  );
}

function refused(name: string, status: number): RecoveryError {
  const hint =
    status === 401 || status === 403
      ? "Compare its secret, and the clocks of both machines."
      : "Check vantages[].url.";
  return new RecoveryError("VANTAGE_REFUSED", `The vantage ${name} answered with status ${status}.`, hint);
}

function unclear(name: string, what: string): RecoveryError {
  return new RecoveryError(
    "VANTAGE_UNCLEAR_ANSWER",
    `The vantage ${name} gave an answer that can't be relied on: ${what}.`,
    "Check that vantages[].url leads to the vantage of that name, in the same version.",
  );
}
