import type { RpcCookie } from "../app/core-types";

/** One Set-Cookie line as ASP.NET writes it: the value URL-encoded, the attributes in its order and in lower case. */
export function cookieHeader(cookie: RpcCookie): string {
  const parts = [`${encodeURIComponent(cookie.name ?? "")}=${encodeURIComponent(cookie.value ?? "")}`];
  const seconds = cookie.expires?.value?.seconds;
  // The epoch itself is dropped on the way, as recorded: use max-age to delete a cookie.
  if (seconds) {
    parts.push(`expires=${new Date(seconds * 1000).toUTCString()}`);
  }
  if (cookie.maxAge?.value !== undefined) {
    parts.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  }
  if (cookie.domain?.value) {
    parts.push(`domain=${cookie.domain.value}`);
  }
  parts.push(`path=${cookie.path?.value ?? "/"}`);
  if (cookie.secure?.value) {
    parts.push("secure");
  }
  if (cookie.sameSite && cookie.sameSite !== "none") {
    parts.push(`samesite=${cookie.sameSite === "explicitNone" ? "none" : cookie.sameSite}`);
  }
  if (cookie.httpOnly?.value) {
    parts.push("httponly");
  }
  return parts.join("; ");
}
