import { signedHeaders } from "../../support/signed-alert";
import type { Asked } from "./ask";

/**
 * A signed notification of Nagios: something is wrong. It opens an incident at once, where the timer would
 * take up to half a minute. What exactly is wrong, the diagnosis finds by itself.
 */
export async function sendAlert(asked: Asked): Promise<void> {
  const company = await asked.company();
  const body = JSON.stringify({
    NOTIFICATIONTYPE: "PROBLEM",
    HOSTNAME: company.parts.find((one) => one.kind === "balancer")?.name,
    HOSTSTATE: "DOWN",
    HOSTSTATETYPE: "HARD",
    HOSTATTEMPT: "3",
    HOSTPROBLEMID: "1",
    HOSTOUTPUT: "CRITICAL - customers are not served",
  });
  const id = `msg-${process.pid}-${Math.round(performance.now() * 1_000)}`;
  const answer = await asked.send("/api/alerts/nagios", {
    method: "POST",
    body,
    headers: signedHeaders({ secret: company.nagios.secret, id, body, at: new Date().toISOString() }),
  });
  if (answer.status !== 202) throw new Error(`The alert: ${answer.status} ${await answer.text()}`);
}
