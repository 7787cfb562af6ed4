import type { CertificateFacts } from "./certificate";

/**
 * The question Switchover asks a vantage and the answer it gets: `POST {vantage.url}/api/observe`.
 * Targets come from the estate only, never from an alert (S-12). A vantage refuses what it was not
 * configured to look at.
 */
export type Probe =
  /** Ask `path` as a customer does: resolve `hostname` at `dns`, connect to what it says, send Host. */
  | {
      id: string;
      kind: "customer";
      hostname: string;
      port: number;
      path: string;
      /** By HTTPS, and only with a certificate that is good for the name, as a browser wants it. */
      tls?: true;
      dns: { address: string; port: number }[];
    }
  /** Ask `path` at one address, with `hostname` as Host. `tls`: by HTTPS, whatever the certificate is, which is reported. */
  | { id: string; kind: "direct"; address: string; port: number; hostname: string; path: string; tls?: true }
  /** Ask the authoritative servers for the name. */
  | { id: string; kind: "dns"; hostname: string; dns: { address: string; port: number }[] };

/**
 * `answered`: it said this status (or these addresses, good for `ttl` more seconds). `failed`: refused, timed out, no such name. `refused`: the
 * vantage did not look, because its own configuration does not name this; nothing is known, which is not "down".
 */
export type ProbeResult =
  | {
      id: string;
      kind: "answered";
      status: number;
      by?: string;
      certificate?: CertificateFacts;
      tookMs: number;
    }
  | { id: string; kind: "resolved"; addresses: string[]; ttl?: number; tookMs: number }
  | { id: string; kind: "failed"; reason: string; tookMs: number }
  | { id: string; kind: "refused"; reason: string; tookMs: number };

export type ObserveRequest = { probes: Probe[]; timeoutMs: number };
export type ObserveResponse = { vantage: string; results: ProbeResult[] };
