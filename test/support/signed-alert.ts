import { signAlert } from "../../adapters/alert-signature";

export type AlertToSign = {
  secret: string;
  /** The notification's own id; the same one again is a repetition. */
  id: string;
  body: string;
  /** When it is signed, ISO 8601. */
  at: string;
};

/** The headers of a notification in JSON, signed as the forwarder signs. */
export function signedHeaders({ secret, id, body, at }: AlertToSign): Record<string, string> {
  const timestamp = String(Math.floor(Date.parse(at) / 1_000));
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signAlert(secret, id, timestamp, body),
  };
}

/** The whole request, for the door of a host. `changed` headers replace those that were signed. */
export function signedAlert(alert: AlertToSign, changed: Record<string, string> = {}): Request {
  return new Request("http://localhost/api/alerts/nagios", {
    method: "POST",
    body: alert.body,
    headers: { ...signedHeaders(alert), ...changed },
  });
}
