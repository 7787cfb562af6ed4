import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { securityHeaders, signInPage } from "../../console";
import { RecoveryError, textOf } from "../../shared/errors";
import type { World } from "../../shared/world";
import { admit, crossSite, KEY_HEADER, type Admits, type Caller, type NotAdmitted } from "./admission";
import { page, problem } from "./respond";
import { failed } from "./throttle";
import { world } from "./world";

type Handler = (
  request: HttpRequest,
  context: InvocationContext,
  caller: Caller,
) => Promise<HttpResponseInit>;

/**
 * What every route of ours goes through: who may call it, one set of headers on whatever is answered, and
 * an answer also to the unexpected, which would be an empty 500 on the real host.
 */
export function answering(admits: Admits, handler: Handler): HttpHandler {
  return async (request, context) => await withHeaders(await answerTo(admits, handler, request, context));
}

async function answerTo(
  admits: Admits,
  handler: Handler,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const forged = crossSite(request);
  if (forged !== undefined) {
    const { status, code, says, hint } = forged;
    return problem(status, { code, says, where: "header sec-fetch-site", hint });
  }
  let caller: Caller = { kind: "anybody" };
  try {
    if (admits === "operators") {
      const here = await world();
      const admitted = await admit(request, here);
      if ("status" in admitted) return turnedAway(admitted, request, here, context);
      caller = admitted;
    }
    return await handler(request, context, caller);
  } catch (thrown) {
    context.error(textOf(thrown, 500));
    return unexpected(thrown, caller, pathOf(request));
  }
}

/** Only an operator is told what was wrong here: a configuration's errors name hosts and addresses. */
function unexpected(thrown: unknown, caller: Caller, where: string): HttpResponseInit {
  const known = thrown instanceof RecoveryError ? thrown : undefined;
  const told = known !== undefined && caller.kind !== "anybody";
  return problem(500, {
    code: known?.code ?? "UNEXPECTED",
    says: told ? textOf(known) : "Something went wrong here; nothing was accepted.",
    where,
    hint: told ? known.hint : "Try again; the log has the reason.",
  });
}

function turnedAway(
  refused: NotAdmitted,
  request: HttpRequest,
  here: World,
  context: InvocationContext,
): HttpResponseInit {
  if (refused.log !== undefined) context.warn(refused.log);
  const where = pathOf(request);
  const { easyAuth, apiKey } = here.estate.auth;
  const view = {
    company: here.estate.company,
    says: refused.says,
    hint: refused.hint,
    signInUrl: easyAuth === undefined ? null : signInUrl(where),
    keyHeader: apiKey === undefined ? null : KEY_HEADER,
  };
  const { status, code, says, hint } = refused;
  const answer = where.startsWith("/api/")
    ? problem(status, { code, says, where: `header ${KEY_HEADER}`, hint })
    : page(status, signInPage(view));
  const headers = new Headers(answer.headers);
  // RFC 9110 wants a challenge with every 401. No browser knows this scheme, so none asks for a password.
  if (status === 401) headers.set("WWW-Authenticate", `Key header="${KEY_HEADER}"`);
  const complete = { ...answer, headers };
  return code === "WRONG_KEY" ? failed(here, "wrong-key", complete, (line) => context.warn(line)) : complete;
}

/** Where App Service Authentication signs somebody in, and leads them back to a page of ours. */
export function signInUrl(path: string): string {
  const back = /^\/(?!\/)/.test(path) ? path : "/";
  return `/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(back)}`;
}

function pathOf(request: HttpRequest): string {
  return new URL(request.url).pathname.slice(0, 100);
}

/**
 * The policy is put on last, so that no answer can be without it. App Service Authentication refuses POSTs of
 * a signed-in browser that carry neither Origin nor Referer, so there our own pages may send them to us.
 */
async function withHeaders(answer: HttpResponseInit): Promise<HttpResponseInit> {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(securityHeaders())) headers.set(name, value);
  const easyAuth = await world().then(
    (here) => here.estate.auth.easyAuth,
    () => undefined,
  );
  if (easyAuth !== undefined) headers.set("Referrer-Policy", "same-origin");
  return { ...answer, headers };
}
