import type { Balancer, Estate } from "../../shared/estate";
import { haproxyTimeouts, maxconn } from "../haproxy/stand-in";
import { fall, rise } from "../haproxy/member";

/** The configuration of one balancer's HAProxy. `socketPath` is left out when it is too long for a Unix socket. */
export function haproxyConfig(estate: Estate, balancer: Balancer, socketPath: string | undefined): string {
  const { connectMs, serverMs, queueMs, clientMs } = haproxyTimeouts;
  const runtimeApi = balancer.runtimeApi.replace(/^tcp:\/\//, "ipv4@").replace(/^unix:\/\//, "");
  const sockets = [runtimeApi, ...(socketPath === undefined ? [] : [socketPath])];
  const check = `http-check send meth GET uri ${quoted(estate.service.healthPath)} ver HTTP/1.1 hdr Host ${quoted(estate.service.hostname)}`;
  const servers = estate.servers.map(
    (one) => `server ${one.name} ${one.address}:${one.port}${one.role === "backup" ? " backup" : ""}`,
  );
  return [
    "global",
    `    maxconn ${maxconn}`,
    "    nbthread 1",
    ...sockets.map((one) => `    stats socket ${one} level admin`),
    "    stats timeout 10s",
    "defaults",
    "    mode http",
    `    timeout connect ${connectMs}ms`,
    `    timeout server ${serverMs}ms`,
    `    timeout queue ${queueMs}ms`,
    `    timeout client ${clientMs}ms`,
    `    timeout http-request ${clientMs}ms`,
    "    retries 1",
    "    option redispatch",
    "frontend service",
    `    bind ${balancer.address}:${balancer.port}`,
    `    default_backend ${balancer.backend}`,
    `backend ${balancer.backend}`,
    "    balance roundrobin",
    "    option httpchk",
    `    ${check}`,
    "    http-check expect status 200",
    `    default-server check inter 1s fall ${fall} rise ${rise}`,
    ...servers.map((one) => `    ${one}`),
    "",
  ].join("\n");
}

/** One word of the configuration, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
