import { checkServerIdentity, type TLSSocket } from "node:tls";
import type { CertificateFacts } from "../../shared/certificate";
import { plainText } from "../plain-text";

/** What OpenSSL, and Node of the name, say of a chain that does end at a root we trust. */
const notOfTrust = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "ERR_TLS_CERT_ALTNAME_INVALID"]);

/** What the other side showed in the handshake; undefined when it showed no certificate. */
export function certificateFacts(socket: TLSSocket, hostname: string): CertificateFacts | undefined {
  const shown = socket.getPeerCertificate();
  const end = Date.parse(shown.valid_to);
  if (Number.isNaN(end)) return undefined;
  const { CN, O } = shown.issuer;
  return {
    issuer: plainText(String(CN ?? O ?? "nobody"), 80),
    notAfter: new Date(end).toISOString(),
    // Node gives the code alone, whatever its type says.
    trusted: socket.authorized || notOfTrust.has(String(socket.authorizationError)),
    fits: checkServerIdentity(hostname, shown) === undefined,
  };
}
