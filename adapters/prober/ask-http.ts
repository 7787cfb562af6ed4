import { request, type IncomingMessage, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import type { CertificateFacts } from "../../shared/certificate";
import { certificateFacts } from "./certificate-facts";

export type HttpTarget = {
  /** Never a name: what was looked up and allowed is what is connected to (DNS rebinding, S-12). */
  address: string;
  port: number;
  /** Sent as Host, and as the server's name where TLS is spoken. */
  hostname: string;
  path: string;
  /** `checked`: the certificate must be good for the hostname, as a browser wants it. */
  tls: "none" | "checked" | "unchecked";
};

/** `body`: the beginning of it. */
export type HttpReply =
  | { kind: "answered"; status: number; body: string; certificate?: CertificateFacts }
  | { kind: "failed"; reason: string };

/** More is not read: whatever the size of a page, its status says whether customers are served. */
const BODY_BYTES = 64 * 1_024;
const HEADER_BYTES = 16 * 1_024;

/**
 * One GET over one connection of its own: no proxy, no redirect followed, nothing sent but the Host. All of it, to
 * the end of the answer or its first 64 KiB, has `ms`. Never throws.
 */
export function askHttp(target: HttpTarget, ms: number): Promise<HttpReply> {
  return new Promise((resolve) => {
    let connected = false;
    let certificate: CertificateFacts | undefined;
    const end = (reply: HttpReply) => {
      clearTimeout(deadline);
      asked?.destroy();
      resolve(reply);
    };
    const deadline = setTimeout(
      () => end(failed(connected ? `no answer within ${ms} ms` : `no connection within ${ms} ms`)),
      ms,
    );
    let asked: ReturnType<typeof request> | undefined;
    try {
      asked = request(
        optionsFor(target, (shown) => {
          connected = true;
          certificate = shown;
        }),
      );
    } catch (thrown) {
      // A path or a host that can't be written into a request (a line break, say) is never sent.
      return end(failed(thrown instanceof Error ? thrown.message.slice(0, 100) : "it can't be asked"));
    }
    asked.once("error", (error) => end(failed(wordsOf(error))));
    asked.once("response", (response) => {
      beginningOf(response).then(
        (body) =>
          end({
            kind: "answered",
            status: response.statusCode ?? 0,
            body,
            ...(certificate === undefined ? {} : { certificate }),
          }),
        () => end(failed("connection reset")),
      );
    });
    asked.end();
  });
}

function optionsFor(target: HttpTarget, connected: (certificate?: CertificateFacts) => void): RequestOptions {
  const { address: host, port, hostname, path, tls } = target;
  return {
    method: "GET",
    path,
    headers: { host: hostname, connection: "close", "user-agent": "switchover-vantage" },
    maxHeaderSize: HEADER_BYTES,
    // In place of an agent, which would look for a proxy and for a connection to use again.
    createConnection: () => {
      if (tls === "none") return connect({ host, port }, () => connected());
      const options = { host, port, servername: hostname, rejectUnauthorized: tls === "checked" };
      const socket = connectTls(options, () => connected(certificateFacts(socket, hostname)));
      return socket;
    },
  };
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, BODY_BYTES).toString("utf8");
}

function failed(reason: string): HttpReply {
  return { kind: "failed", reason };
}

function wordsOf(error: NodeJS.ErrnoException): string {
  const code = error.code ?? "";
  if (code === "ECONNREFUSED") return "connection refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "connection reset";
  if (code.startsWith("HPE_")) return "its answer is not HTTP";
  if (/CERT|ALTNAME|SELF_SIGNED|SSL|TLS/.test(code)) return `TLS: ${error.message}`.slice(0, 100);
  return code === "" ? error.message.slice(0, 100) : `no connection (${code})`;
}
