const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
];

/**
 * The headers of every page and asset (S-16). ASCII only: the Functions host answers 500 to a header
 * that is not. `no-referrer` makes browsers send `Origin: null` with our own forms, so a POST is to be
 * judged by its form token and `Sec-Fetch-Site`, never by `Origin`.
 */
export function securityHeaders(): Record<string, string> {
  return {
    "Content-Security-Policy": policy.join("; "),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
  };
}
