import { RecoveryError } from "../shared/errors";

/** Nobody is there: a dead process, a machine that is gone, a firewall. */
export function unreachable(url: string, says: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_UNREACHABLE",
    `The Runtime API at ${url} ${says}.`,
    "Check that HAProxy runs there and that a firewall lets this machine through.",
  );
}

/** Somebody is there and says nothing. A guard that drops a command closes the connection, so that it looks different. */
export function noAnswer(url: string, says: string): RecoveryError {
  return new RecoveryError(
    "BALANCER_NO_ANSWER",
    `The Runtime API at ${url} ${says}.`,
    "HAProxy may hang: look at the process.",
  );
}

/** Why Node does not trust a certificate: OpenSSL's words for what is wrong with its chain, and Node's for a name. */
const untrusted = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_)/;

/**
 * What a broken TLS connection means, from the error's code. With TLS 1.3 the other side judges our certificate
 * after our handshake is done, so its refusal comes on a connection that looked open.
 */
export function tlsFailure(url: string, code: string): RecoveryError | undefined {
  if (untrusted.test(code)) {
    return new RecoveryError(
      "BALANCER_NOT_TRUSTED",
      `What answers at ${url} can't show that it is the balancer's door: ${code}. Nothing was sent.`,
      "Compare the door's certificate with balancers[].runtimeTls.ca and serverName; has it expired?",
    );
  }
  if (!/^ERR_SSL_.*ALERT/.test(code)) return undefined;
  return new RecoveryError(
    "BALANCER_REFUSES_US",
    `The door at ${url} does not take our certificate: ${code}.`,
    "Compare balancers[].runtimeTls.certificate and key with the door's ca-file; has it expired?",
  );
}
