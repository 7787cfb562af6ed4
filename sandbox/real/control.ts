import type { AdminState } from "../../shared/world";
import { sandboxPage, sandboxPageScript, sandboxPageStyle } from "../page";
import { SandboxRefusal } from "../refusal";
import {
  decodedPath,
  jsonAnswer,
  neverAnswers,
  parsedBody,
  textAnswer,
  type WireAnswer,
  type WireRequest,
} from "../wire";
import type { RealCompany } from "./real-company";

/** The sandbox's own API, for the page, for tests and for scripts. Only this machine may ask. */
export function controlApi(
  company: () => Promise<RealCompany>,
): (request: WireRequest) => Promise<WireAnswer> {
  return async (request) => {
    const stranger = strangerIn(request);
    if (stranger !== undefined) return refusal(stranger, 403);
    const path = decodedPath(request.url.split("?")[0] ?? "/");
    const found = routes.find((one) => one.method === request.method && fits(one.path, path ?? []));
    if (path === undefined || found === undefined) return unknownRoute(request);
    try {
      const name = path[found.path.indexOf("*")] ?? "";
      return await found.answer(await company(), { name, way: wayIn(request), request });
    } catch (thrown) {
      if (thrown instanceof SandboxRefusal) return refusal(thrown, thrown.status);
      throw thrown;
    }
  };
}

type Asked = { name: string; way: string | undefined; request: WireRequest };
type Route = {
  method: string;
  path: string[];
  answer(company: RealCompany, asked: Asked): Promise<WireAnswer> | WireAnswer;
};

const routes: Route[] = [
  route("GET", "", () => fileAnswer("text/html", sandboxPage())),
  route("GET", "page.js", () => fileAnswer("text/javascript", sandboxPageScript())),
  route("GET", "page.css", () => fileAnswer("text/css", sandboxPageStyle())),
  route("GET", "faults", (company) => jsonAnswer(200, company.faults())),
  route("POST", "faults/*", async (company, { name, way }) =>
    jsonAnswer(200, await company.break(name, way)),
  ),
  route("DELETE", "faults/*", async (company, { name }) => jsonAnswer(200, await company.heal(name))),
  route("POST", "reset", async (company) => jsonAnswer(200, await company.reset())),
  route("GET", "truth", async (company) => jsonAnswer(200, await company.truth())),
  route("GET", "effects", async (company) => jsonAnswer(200, await company.effects())),
  route("GET", "phones", (company) => jsonAnswer(200, company.phones())),
  route("POST", "phones/*", (company, { name, request }) => company.telephone(name, request) ?? neverAnswers),
  route("GET", "company", (company) => jsonAnswer(200, company.describe())),
  route("POST", "parts/*/cut", async (company, { name }) => jsonAnswer(200, await company.cut(name))),
  route("DELETE", "parts/*/cut", async (company, { name }) => jsonAnswer(200, await company.mend(name))),
  route("PUT", "records/*", async (company, { name, request }) => {
    const content = field(request, "content", "an address");
    return jsonAnswer(200, await company.editRecord(name, content));
  }),
  route("PUT", "servers/*/state", async (company, { name, request }) => {
    return jsonAnswer(
      200,
      await company.setServer(name, adminState(field(request, "state", "ready, drain or maint"))),
    );
  }),
];

function fileAnswer(type: string, text: string): WireAnswer {
  return textAnswer(200, text, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
}

function route(method: string, path: string, answer: Route["answer"]): Route {
  return { method, path: path.split("/"), answer };
}

function fits(pattern: string[], path: string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((one, index) => one === path[index] || (one === "*" && path[index] !== ""))
  );
}

function field(request: WireRequest, name: string, expected: string): string {
  const value = textIn(parsedBody(request.body), name);
  if (value !== undefined && value !== "") return value;
  throw new SandboxRefusal({
    what: "a body without what is needed",
    where: name,
    value: request.body.slice(0, 100),
    hint: `Send JSON: { "${name}": ${expected} }.`,
  });
}

function textIn(body: unknown, name: string): string | undefined {
  const value =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

function adminState(text: string): AdminState {
  if (text === "ready" || text === "drain" || text === "maint") return text;
  throw new SandboxRefusal({
    what: "not a state of a server",
    where: "state",
    value: text,
    hint: "Use ready, drain or maint.",
  });
}

/** `?way=` or `{ "way": … }`; left out is the usual one. */
function wayIn({ url, body }: WireRequest): string | undefined {
  const inQuery = new URLSearchParams(url.split("?")[1]).get("way");
  return inQuery ?? textIn(parsedBody(body), "way");
}

/** A page from elsewhere in somebody's browser, or a name that leads here, must not break the company or read its secrets. */
function strangerIn(request: WireRequest): SandboxRefusal | undefined {
  const host = request.headers["host"] ?? "";
  const origin = request.headers["origin"];
  if (!/^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(host)) {
    return new SandboxRefusal({
      what: "not asked as this machine",
      where: "Host",
      value: host,
      hint: "Use http://127.0.0.1 and the port.",
    });
  }
  if (origin === undefined || origin === `http://${host}`) return undefined;
  return new SandboxRefusal({
    what: "asked by another page",
    where: "Origin",
    value: origin,
    hint: "Use the sandbox's own page.",
  });
}

function refusal({ detail }: SandboxRefusal, status: number): WireAnswer {
  return jsonAnswer(status, detail);
}

function unknownRoute({ method, url }: WireRequest): WireAnswer {
  const known = routes.map((one) => `${one.method} /${one.path.join("/")}`).join(", ");
  return jsonAnswer(404, {
    what: "no such route",
    where: "request",
    value: `${method} ${url}`,
    hint: `There is: ${known}.`,
  });
}
