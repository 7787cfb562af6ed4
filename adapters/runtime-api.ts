import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { RecoveryError } from "../shared/errors";
import type { DoorKeys, KeysOf } from "./door-keys";
import type { Exchange } from "./haproxy";
import { noAnswer, tlsFailure, unreachable } from "./runtime-api-errors";

const LONGEST_ANSWER = 1_048_576;

/**
 * Talks to a Runtime API over TCP (`tcp://host:port`), a guarded door (`tls://host:port`, with the keys that
 * `keysOf` has for it) or a Unix socket (`unix:///path`): one line, then the answer until the other side closes.
 * `timeoutMs` covers all of it, because a hung HAProxy still accepts connections and then never answers. Throws
 * `BALANCER_UNREACHABLE` when nobody is there and `BALANCER_NO_ANSWER` when somebody is, and stays silent: the
 * first is a dead process, the second a hung one. At a door also `BALANCER_NOT_TRUSTED`, before anything was
 * sent, and `BALANCER_REFUSES_US`.
 */
export function socketExchange(timeoutMs = 3_000, keysOf?: KeysOf): Exchange {
  return async (runtimeApiUrl, command) => {
    if (/[\r\n\0]/.test(command)) {
      throw new RecoveryError(
        "COMMAND_REFUSED",
        "No command was sent: it has more than one line.",
        "Send one command at a time.",
      );
    }
    const keys = runtimeApiUrl.startsWith("tls:") ? await keysOf?.(runtimeApiUrl) : undefined;
    return answerOf(open(runtimeApiUrl, keys), `${command}\n`, runtimeApiUrl, timeoutMs);
  };
}

/** `ready`: the event after which it may be written to; with TLS only once the other side has proved who it is. */
type Opened = { socket: Socket; ready: "connect" | "secureConnect" };

function open(runtimeApiUrl: string, keys: DoorKeys | undefined): Opened {
  const [, path] = /^unix:\/\/(\/.+)$/.exec(runtimeApiUrl) ?? [];
  if (path !== undefined) return { socket: connect({ path }), ready: "connect" };
  const [, kind, v6, name, port] =
    /^(t(?:cp|ls)):\/\/(?:\[([^\]]+)\]|([^/:]+)):(\d+)$/.exec(runtimeApiUrl) ?? [];
  const host = v6 ?? name;
  if (host === undefined || Number(port) > 65_535) throw notAnAddress(runtimeApiUrl);
  const at = { host, port: Number(port) };
  if (kind === "tcp") return { socket: connect(at), ready: "connect" };
  if (keys === undefined) {
    throw new RecoveryError(
      "CONFIG_INVALID",
      `There are no keys for the door at ${runtimeApiUrl}.`,
      "Write balancers[].runtimeTls beside runtimeApi.",
    );
  }
  return { socket: throughDoor(at, keys), ready: "secureConnect" };
}

function throughDoor(at: { host: string; port: number }, { serverName, ...pem }: DoorKeys): Socket {
  const wanted = serverName ?? at.host;
  // An address can't be asked for by name in the handshake (RFC 6066), and is checked all the same.
  const servername = isIP(wanted) === 0 ? wanted : "";
  return connectTls({ ...at, ...pem, servername, minVersion: "TLSv1.2", rejectUnauthorized: true });
}

function notAnAddress(runtimeApiUrl: string): RecoveryError {
  return new RecoveryError(
    "CONFIG_INVALID",
    `"${runtimeApiUrl}" is not the address of a Runtime API.`,
    "Write balancers[].runtimeApi as tcp://address:port, tls://address:port or unix:///path.",
  );
}

function answerOf({ socket, ready }: Opened, line: string, url: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let connected = false;
    const fail = (error: RecoveryError) => {
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      const says = connected
        ? `accepts the connection and does not answer within ${timeoutMs} ms`
        : `can't be connected to within ${timeoutMs} ms`;
      fail(connected ? noAnswer(url, says) : unreachable(url, says));
    }, timeoutMs);
    socket.on("connect", () => (connected = true));
    socket.on(ready, () => socket.write(line));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > LONGEST_ANSWER) fail(noAnswer(url, `answers more than ${LONGEST_ANSWER} bytes`));
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const says = `fails with ${error.code ?? error.message}`;
      fail(tlsFailure(url, error.code ?? "") ?? (connected ? noAnswer(url, says) : unreachable(url, says)));
    });
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    socket.on("close", () => {
      clearTimeout(timer);
      // Only the first of resolve and reject counts; this one is for an end that nothing else announced.
      reject(noAnswer(url, "closes the connection"));
    });
  });
}
