import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { securityHeaders } from "../../console";
import { RecoveryError, textOf } from "../../shared/errors";

export function json(status: number, body: object): HttpResponseInit {
  return { status, jsonBody: body, headers: securityHeaders() };
}

export function page(status: number, body: string): HttpResponseInit {
  return { status, body, headers: { ...securityHeaders(), "Content-Type": "text/html; charset=utf-8" } };
}

export function asset(type: string, body: string): HttpResponseInit {
  return { status: 200, body, headers: { ...securityHeaders(), "Content-Type": `${type}; charset=utf-8` } };
}

/** After a form: the browser asks for the page anew, so that a reload sends nothing twice. */
export function seeOther(path: string): HttpResponseInit {
  return { status: 303, headers: { ...securityHeaders(), Location: path } };
}

/** What is wrong with a request: what, where, value, hint. */
export function problem(
  status: number,
  error: { code: string; says: string; where: string; value?: string; hint: string },
): HttpResponseInit {
  return json(status, { error });
}

type Handler = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** An uncaught error would be an empty 500 on the real host: say what it was, and keep secrets and stacks out of it. */
export function answering(handler: Handler): HttpHandler {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (thrown) {
      context.error(textOf(thrown, 500));
      const known =
        thrown instanceof RecoveryError
          ? { code: thrown.code, hint: thrown.hint, says: textOf(thrown) }
          : undefined;
      return problem(500, {
        code: known?.code ?? "UNEXPECTED",
        says: known?.says ?? "Something went wrong here; nothing was accepted.",
        where: new URL(request.url).pathname.slice(0, 100),
        hint: known?.hint ?? "Try again; the log has the reason.",
      });
    }
  };
}
