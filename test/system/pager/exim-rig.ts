import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "../../support/until";

export const EXIM = "/usr/sbin/exim4";
const run = promisify(execFile);

export type Exim = {
  port: number;
  /** The certificate it shows, which nobody has signed. */
  certificate: string;
  /** Every mail that waits in its queue, as it would be handed on, in the order of their arrival. */
  mails(): Promise<string[]>;
  /** A line for each connection, login and mail. */
  log(): Promise<string>;
  stop(): Promise<void>;
};

/**
 * Debian's mail server, with a queue of its own from which nothing is delivered. It offers STARTTLS, takes mail
 * only after a login (`ann` / `wonder land`), and offers that only under TLS; with `open`, it takes everything.
 */
export async function startExim({ open = false } = {}): Promise<Exim> {
  const folder = await mkdtemp(join(tmpdir(), "switchover-exim-"));
  // Exim gives up its rights when the configuration is not Debian's, and works as a user of its own.
  await chmod(folder, 0o755);
  for (const each of ["spool", "log"]) {
    await mkdir(join(folder, each));
    await chmod(join(folder, each), 0o777);
  }
  await selfSigned(folder);
  const port = await freePort();
  const config = join(folder, "exim.conf");
  await writeFile(config, configuration(folder, port, open), { mode: 0o644 });
  const child = spawn(EXIM, ["-C", config, "-bdf"], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const group = -(child.pid ?? Number.NaN);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const log = () => readFile(join(folder, "log/main"), "utf8").catch(() => "");
  await until("exim listens", async () => (await log()).includes("listening for SMTP"), {
    within: 10_000,
    story: () => said,
  });
  return {
    port,
    certificate: await readFile(join(folder, "cert.pem"), "utf8"),
    log,
    mails: () => queued(folder, config),
    stop: async () => {
      // Its children, one a connection, write into the folder as long as they live.
      const alive = () => signalled(group, 0);
      signalled(group, "SIGTERM");
      await until("exim and its children end", () => !alive(), { within: 10_000 });
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function queued(folder: string, config: string): Promise<string[]> {
  const files = await readdir(join(folder, "spool/input"));
  const ids = files.filter((name) => name.endsWith("-H")).map((name) => name.slice(0, -2));
  const mails: string[] = [];
  for (const id of ids.sort()) {
    const { stdout } = await run(EXIM, ["-C", config, "-Mvc", id], { encoding: "latin1" });
    mails.push(stdout.replaceAll("\n", "\r\n"));
  }
  return mails;
}

function configuration(folder: string, port: number, open: boolean): string {
  return `
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%s
pid_file_path = ${folder}/spool/exim.pid
primary_hostname = mail.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
queue_only
keep_environment =
host_lookup =
helo_lookup_domains =
rfc1413_query_timeout = 0s
message_size_limit = 1M
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
tls_advertise_hosts = ${open ? "" : "*"}
auth_advertise_hosts = ${open ? "" : "${if def:tls_in_cipher {*}}"}
acl_smtp_rcpt = take
acl_smtp_data = accept
begin acl
take:
  ${open ? "accept" : "accept authenticated = *"}
  deny message = log in first
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_set_id = $auth2
  server_condition = \${if and {{eq{$auth2}{ann}}{eq{$auth3}{wonder land}}}}
`;
}

async function selfSigned(folder: string): Promise<void> {
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
  const names = ["-subj", "/CN=mail.test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  await run("openssl", ["req", ...kind, ...files, ...names]);
  await chmod(join(folder, "key.pem"), 0o644);
}

/** Free a moment ago: exim has no way to say which port it took. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
