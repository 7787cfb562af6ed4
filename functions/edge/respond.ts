import type { HttpResponseInit } from "@azure/functions";

export function json(status: number, body: object): HttpResponseInit {
  return { status, jsonBody: body };
}

export function page(status: number, body: string): HttpResponseInit {
  return { status, body, headers: { "Content-Type": "text/html; charset=utf-8" } };
}

export function asset(type: string, body: string): HttpResponseInit {
  return { status: 200, body, headers: { "Content-Type": `${type}; charset=utf-8` } };
}

/** After a form: the browser asks for the page anew, so that a reload sends nothing twice. */
export function seeOther(path: string): HttpResponseInit {
  return { status: 303, headers: { Location: path } };
}

/** What is wrong with a request: what, where, value, hint. */
export function problem(
  status: number,
  error: { code: string; says: string; where: string; value?: string; hint: string },
): HttpResponseInit {
  return json(status, { error });
}

export function noSuchIncident(id: string, says: string): HttpResponseInit {
  const hint = "GET /api/incidents lists them.";
  return problem(404, { code: "NO_SUCH_INCIDENT", says, where: "path", value: id.slice(0, 80), hint });
}
