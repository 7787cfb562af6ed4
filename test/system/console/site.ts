import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { liveScript, scriptPath, securityHeaders, style, stylePath } from "../../../console";

type Posted = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type Answer = { type: string; body: string };

/** A site on a free port of 127.0.0.1. `answers` is asked at each request, so that a test can change what it says. */
export type Site = { url: string; answers: Map<string, Answer>; posted: Posted[]; close(): Promise<void> };

export async function openSite(headers: Record<string, string> = securityHeaders()): Promise<Site> {
  // Asked for by the browser when an answer has no icon of its own, as after a form's plain one.
  const answers = new Map<string, Answer>([["/favicon.ico", { type: "image/x-icon", body: "" }]]);
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      if (method !== "GET") posted.push({ method, path: url, headers: request.headers, body });
      const answer = method === "GET" ? answers.get(url) : { type: "text/plain", body: "taken" };
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response
        .writeHead(answer ? 200 : 404, { "content-type": answer?.type ?? "text/plain" })
        .end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers, posted, close };
}

/** The console's site: its style sheet and its script are there already. */
export async function openConsoleSite(): Promise<Site> {
  const site = await openSite();
  site.answers.set(stylePath, { type: "text/css; charset=utf-8", body: style });
  site.answers.set(scriptPath, { type: "text/javascript; charset=utf-8", body: liveScript });
  return site;
}

export function page(body: string): Answer {
  return { type: "text/html; charset=utf-8", body };
}

export function json(value: unknown): Answer {
  return { type: "application/json", body: JSON.stringify(value) };
}
