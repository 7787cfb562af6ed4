import { connect, type Socket } from "node:net";
import { RecoveryError } from "../shared/errors";
import type { Exchange } from "./haproxy";

const LONGEST_ANSWER = 1_048_576;

/**
 * Talks to a Runtime API over TCP (`tcp://host:port`) or a Unix socket (`unix:///path`): one line, then the
 * answer until the other side closes. `timeoutMs` covers all of it, because a hung HAProxy still accepts
 * connections and then never answers. Throws `BALANCER_UNREACHABLE` when nobody is there and
 * `BALANCER_NO_ANSWER` when somebody is, and stays silent: the first is a dead process, the second a hung one.
 */
export function socketExchange(timeoutMs = 3_000): Exchange {
  return async (runtimeApiUrl, command) => {
    if (/[\r\n\0]/.test(command)) {
      throw new RecoveryError(
        "COMMAND_REFUSED",
        "No command was sent: it has more than one line.",
        "Send one command at a time.",
      );
    }
    return answerOf(open(runtimeApiUrl), `${command}\n`, runtimeApiUrl, timeoutMs);
  };
}

function open(runtimeApiUrl: string): Socket {
  const [, path] = /^unix:\/\/(\/.+)$/.exec(runtimeApiUrl) ?? [];
  if (path !== undefined) return connect({ path });
  const [, v6, name, port] = /^tcp:\/\/(?:\[([^\]]+)\]|([^/:]+)):(\d+)$/.exec(runtimeApiUrl) ?? [];
  const host = v6 ?? name;
  if (host !== undefined && Number(port) <= 65_535) return connect({ host, port: Number(port) });
  throw new RecoveryError(
    "CONFIG_INVALID",
    `"${runtimeApiUrl}" is not the address of a Runtime API.`,
    "Write balancers[].runtimeApi as tcp://address:port or unix:///path.",
  );
}

function answerOf(socket: Socket, line: string, url: string, timeoutMs: number): Promise<string> {
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
    socket.on("connect", () => {
      connected = true;
      socket.write(line);
    });
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > LONGEST_ANSWER) fail(noAnswer(url, `answers more than ${LONGEST_ANSWER} bytes`));
    });
    socket.on("error", (error) => {
      const says = `fails with ${(error as NodeJS.ErrnoException).code ?? error.message}`;
      fail(connected ? noAnswer(url, says) : unreachable(url, says));
    });
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    socket.on("close", () => {
      clearTimeout(timer);
      // Only the first of resolve and reject counts; this one is for an end that nothing else announced.
      reject(noAnswer(url, "closes the connection"));
    });
  });
}

function unreachable(url: string, says: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_UNREACHABLE",
    `The Runtime API at ${url} ${says}.`,
    "Check that HAProxy runs there and that a firewall lets this machine through.",
  );
}

function noAnswer(url: string, says: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_NO_ANSWER",
    `The Runtime API at ${url} ${says}.`,
    "HAProxy may hang: look at the process.",
  );
}
