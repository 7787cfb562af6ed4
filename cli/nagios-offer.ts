import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const NAGIOS = ["/usr/sbin/nagios4", "/usr/sbin/nagios", "/usr/local/nagios/bin/nagios"];

/**
 * Makes the forwarder's configuration for this start, and says how to use it: a recorded notification
 * goes through the same forwarder that a real Nagios would call.
 */
export function nagiosOffer(options: { app: string; state: string; port: number; secret: string }): string {
  const folder = join(options.state, "nagios");
  mkdirSync(join(folder, "spool"), { recursive: true, mode: 0o750 });
  const secretFile = join(folder, "secret");
  writeFileSync(secretFile, `${options.secret}\n`, { mode: 0o640 });
  const config = join(folder, "switchover-notify.conf");
  const lines = [
    `endpoint=http://127.0.0.1:${options.port}`,
    `secret_file=${secretFile}`,
    `spool=${join(folder, "spool")}`,
  ];
  writeFileSync(config, `${lines.join("\n")}\n`, { mode: 0o640 });
  const here = (path: string) => relative(process.cwd(), path) || ".";
  const why = NAGIOS.some((file) => existsSync(file))
    ? "A recorded Nagios alert:"
    : "No Nagios here; a recorded alert:";
  return `    ${why.padEnd(38)} sh ${here(join(options.app, "nagios/send-sample"))} --config ${here(config)} balancer-down`;
}
