import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer, Server as HttpsServer } from "node:https";
import type { KeyPair } from "../certificate-authority";
import type { Condition } from "../condition";
import type { Endpoint } from "../parts";
import { jsonAnswer, type WireAnswer, type WireRequest } from "../wire";
import { endToEnd, flat, readBody } from "./dial";
import { bindWithPatience, listenAt } from "./listening";

/** An HTTP service on an address of its own, which can be closed (refused) or cut off (connects, never answers). */
export type HttpListener = {
  apply(net: Condition["net"]): Promise<void>;
  stop(): Promise<void>;
  /** The port it really has; 0 while it is closed. */
  port(): number;
};

export type Answer = (request: WireRequest) => Promise<WireAnswer>;

/** `shown`: the certificate of one that speaks TLS, asked for whenever it may have changed. */
export function httpListener(
  endpoint: Endpoint,
  what: string,
  answer: Answer,
  shown?: () => KeyPair | undefined,
): HttpListener {
  let server: Server | HttpsServer | undefined;
  let cutOff = false;
  const room = waitingRoom();

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message);
    if (cutOff) await room.wait(response);
    if (response.destroyed) return;
    const { method = "GET", url = "/", headers } = message;
    send(response, await answer({ method, url, headers: flat(headers), body }));
  }

  async function open(): Promise<void> {
    if (server !== undefined) return;
    await bindWithPatience(endpoint, what, async () => {
      const serve = (message: IncomingMessage, response: ServerResponse) => {
        handle(message, response).catch((thrown: unknown) => sendTrouble(response, thrown));
      };
      const pair = shown?.();
      const made = pair === undefined ? createServer(serve) : createHttpsServer(pair, serve);
      await listenAt(made, endpoint);
      server = made;
    });
  }

  async function stop(): Promise<void> {
    const closing = server;
    server = undefined;
    if (closing === undefined) return;
    const closed = new Promise((resolve) => closing.close(resolve));
    closing.closeAllConnections();
    await closed;
  }

  return {
    async apply(net) {
      cutOff = net === "dropped" || net === "hung";
      if (net === "refused") await stop();
      else await open();
      const pair = shown?.();
      if (server instanceof HttpsServer && pair !== undefined) server.setSecureContext(pair);
      if (!cutOff) room.empty();
    },
    stop,
    port() {
      const at = server?.address();
      return typeof at === "object" && at !== null ? at.port : 0;
    },
  };
}

/** Requests that came while a part was cut off. Who is still there when it is mended gets an answer. */
function waitingRoom() {
  const waiting = new Set<() => void>();
  return {
    /** Until the part is mended, or the asker is gone. */
    wait(response: ServerResponse): Promise<void> {
      return new Promise((resolve) => {
        const resume = () => {
          waiting.delete(resume);
          resolve();
        };
        waiting.add(resume);
        response.once("close", resume);
      });
    },
    empty() {
      for (const resume of waiting) resume();
    },
  };
}

function sendTrouble(response: ServerResponse, thrown: unknown): void {
  const status = thrown instanceof Error && thrown.message === "too large" ? 413 : 500;
  if (!response.headersSent) send(response, jsonAnswer(status, { error: String(thrown) }));
}

/** An answer that takes for ever is not sent: the connection stays open until the asker gives up. */
export function send(response: ServerResponse, answer: WireAnswer): void {
  if (answer.afterMs === Number.POSITIVE_INFINITY) return;
  const body = Buffer.from(answer.body, "utf8");
  response.writeHead(answer.status, { ...endToEnd(answer.headers), "content-length": body.length });
  response.end(body);
}
