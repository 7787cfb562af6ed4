import type { Balancer, Estate } from "../../shared/estate";
import { configuredPort, type Setup } from "../haproxy/setup";
import { haproxyTimeouts, maxconn } from "../haproxy/stand-in";
import { doorPattern, isGuarded } from "../haproxy/door";
import { fall, rise } from "../haproxy/member";
import { endpointOf } from "../parts";

/**
 * Who waits outside a full HAProxy, in the kernel. As many as its maxconn when left out: a few of them, and the next
 * get no connection at all, so that a full balancer looks now one way, now the other.
 */
const BACKLOG = 4_096;
/** Connections that are not customers': a full service must not close the door behind which one can see that it is. */
const RESERVE = 32;

/** Paths of what the configuration names. `socket` is left out when it is too long for a Unix socket. */
export type HaproxyFiles = {
  socket: string | undefined;
  doorCertificate: string;
  doorClients: string;
  /** What customers are shown; left out when they speak no TLS. */
  shown: string | undefined;
};

/** The configuration of one balancer's HAProxy. */
export function haproxyConfig(estate: Estate, balancer: Balancer, files: HaproxyFiles, setup: Setup): string {
  const { connectMs, serverMs, queueMs, clientMs } = haproxyTimeouts;
  const runtimeApi = balancer.runtimeApi.replace(/^tcp:\/\//, "ipv4@").replace(/^unix:\/\//, "");
  const guarded = isGuarded(balancer);
  const sockets = [...(guarded ? [] : [runtimeApi]), ...(files.socket === undefined ? [] : [files.socket])];
  const check = `http-check send meth GET uri ${quoted(estate.service.healthPath)} ver HTTP/1.1 hdr Host ${quoted(estate.service.hostname)}`;
  const servers = (setup.config === "no-servers" ? [] : estate.servers).map(
    ({ name, address, port, role }) =>
      `server ${name} ${address}:${configuredPort(port, setup)}${role === "backup" ? " backup" : ""}`,
  );
  const limit = setup.maxconn ?? maxconn;
  const port = setup.config === "wrong-port" ? balancer.port + 1 : balancer.port;
  return [
    "global",
    `    maxconn ${limit + RESERVE}`,
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
    `    maxconn ${limit}`,
    `    backlog ${BACKLOG}`,
    `    bind ${balancer.address}:${port}${files.shown === undefined ? "" : ` ssl crt ${files.shown}`}`,
    `    default_backend ${balancer.backend}`,
    `backend ${balancer.backend}`,
    "    balance roundrobin",
    "    option httpchk",
    `    ${check}`,
    "    http-check expect status 200",
    `    default-server check inter 1s fall ${fall} rise ${rise}`,
    ...servers.map((one) => `    ${one}`),
    ...(guarded ? guardedDoor(balancer, files) : []),
    "",
  ].join("\n");
}

/**
 * HAProxy guards its own Runtime API: who shows no certificate gets no handshake, and a line that is not on the
 * list is dropped without an answer, at the end of the delay: more of the line could come until then. In single
 * quotes, because HAProxy expands `$` in double ones.
 */
function guardedDoor(balancer: Balancer, { socket, doorCertificate, doorClients }: HaproxyFiles): string[] {
  const { address, port } = endpointOf(balancer.runtimeApi.replace(/^tls:/, "http:"));
  return [
    "frontend door",
    "    mode tcp",
    `    bind ${address}:${port} ssl crt ${doorCertificate} ca-file ${doorClients} verify required`,
    "    tcp-request inspect-delay 1s",
    `    tcp-request content accept if { req.payload(0,0) -m reg '${doorPattern}' }`,
    "    tcp-request content reject if { req.len gt 0 }",
    "    tcp-request content reject if WAIT_END",
    "    default_backend cli",
    "backend cli",
    "    mode tcp",
    `    server cli unix@${socket ?? ""}`,
  ];
}

/** One word of the configuration, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
