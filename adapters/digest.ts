import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * SHA-256 over RFC 8785 canonical JSON, in hex: the same for the same value, in whatever order its
 * members were written. Members that are `undefined` don't count, as in JSON; NaN and infinities throw.
 */
export function digest(value: object): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}
