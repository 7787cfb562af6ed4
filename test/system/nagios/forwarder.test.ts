import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signatureVerifier } from "../../../adapters/alert-signature";
import type { Alert } from "../../../shared/alert";
import { intake } from "../../../shared/alert/intake";
import { startEndpoint, type Endpoint, type Received } from "../../nagios/endpoint";
import { until as poll } from "../../support/until";
import { requirePart } from "../required";
import { NAGIOS, startNagios, type Nagios } from "./nagios-rig";

const SECRET = "a secret shared by Nagios and Switchover";
const DEADLINE_MS = 40_000;

const suite = requirePart("the forwarder under a real Nagios", NAGIOS, "nagios4-core")
  ? describe
  : describe.skip;

/** Says in its failure what a hostile plugin could: everything that ends a quotation, in several lines. */
const plugin = (port: number) => `#!/bin/sh
curl -fs -o /dev/null http://127.0.0.1:${port}/ && echo "OK - 200" && exit 0
cat <<'END'
CRITICAL - '"\`id\` $(id) \\
line two
END
exit 2
`;

suite("the forwarder under a real Nagios", () => {
  let switchover: Endpoint;
  let api: Server;
  let healthy = true;
  let nagios: Nagios;
  let plugins: string;
  const alerts: Alert[] = [];

  beforeAll(async () => {
    switchover = await startEndpoint((request) => (request.method === "GET" ? 200 : accept(request)));
    api = createServer((_, response) => response.writeHead(healthy ? 200 : 500).end());
    await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
    const { port } = api.address() as AddressInfo;
    plugins = mkdtempSync(join(tmpdir(), "switchover-plugins-"));
    chmodSync(plugins, 0o755);
    writeFileSync(join(plugins, "check_api"), plugin(port), { mode: 0o755 });
    nagios = await startNagios({
      hosts: [{ name: "api-main", address: "127.0.0.1", checkCommandLine: "/bin/true" }],
      services: [
        { host: "api-main", name: "API", checkCommandLine: join(plugins, "check_api") },
        {
          host: "api-main",
          name: "Switchover",
          checkCommandLine: "$PLUGINS$/check_switchover -c $PLUGINS$/notify.conf -t 2",
        },
      ],
      endpoints: [switchover.url],
      secret: SECRET,
    });
  });

  afterAll(async () => {
    await nagios?.stop();
    await switchover.close();
    api.close();
    rmSync(plugins, { recursive: true });
  });

  function accept({ headers, body }: Received): number {
    const answer = intake(
      {
        contentLength: headers["content-length"] ?? null,
        contentType: headers["content-type"] ?? null,
        headers: { get: (name) => (headers[name] as string | undefined) ?? null },
        body,
      },
      { now: new Date().toISOString(), secrets: [signatureVerifier(SECRET)] },
    );
    if ("alert" in answer) alerts.push(answer.alert);
    return answer.status;
  }

  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await poll(what, holds, { within: DEADLINE_MS, story: () => nagios.log() });
  }

  const stateOf = async (service: string) =>
    (await nagios.status("api-main", service).catch(() => undefined))?.state;

  test("one signed notification arrives when a service goes HARD, with what the plugin said", async () => {
    await until(
      "both services to be well",
      async () => (await stateOf("API")) === "OK" && (await stateOf("Switchover")) === "OK",
    );
    healthy = false;
    await until("the PROBLEM", () => alerts.length > 0);
    await until("the HARD state", async () => (await nagios.status("api-main", "API")).stateType === "HARD");
    expect(await nagios.status("api-main", "API")).toEqual({ state: "CRITICAL", stateType: "HARD" });
    expect(alerts).toEqual([
      expect.objectContaining({
        type: "PROBLEM",
        host: "api-main",
        service: "API",
        state: "CRITICAL",
        stateType: "HARD",
        attempt: 3,
        output: "CRITICAL - '\"`id` $(id) \\",
        address: "127.0.0.1",
        problemId: "1",
        at: expect.stringMatching(/Z$/),
      }),
    ]);
  });

  test("an acknowledgement arrives with who wrote it and what", async () => {
    await nagios.command('ACKNOWLEDGE_SVC_PROBLEM;api-main;API;2;1;1;ann;I look at "it" – żółć');
    await until("the ACKNOWLEDGEMENT", () => alerts.length > 1);
    expect(alerts[1]).toMatchObject({
      type: "ACKNOWLEDGEMENT",
      author: "ann",
      comment: 'I look at "it" – żółć',
      problemId: "1",
    });
  });

  test("the recovery arrives under the same problem", async () => {
    healthy = true;
    await until("the RECOVERY", () => alerts.length > 2);
    expect(alerts[2]).toMatchObject({ type: "RECOVERY", state: "OK", service: "API", problemId: "1" });
    expect(new Set(alerts.map((alert) => alert.id)).size).toBe(3);
  });

  test("Nagios itself sees that Switchover is silent, and what waits is delivered when it is back", async () => {
    await switchover.close();
    await until("the check to be CRITICAL", async () => (await stateOf("Switchover")) === "CRITICAL");
    const before = alerts.length;
    // The PROBLEM of this very check goes to Switchover too, and must wait in the spool for it.
    await until(
      "the HARD state",
      async () => (await nagios.status("api-main", "Switchover")).stateType === "HARD",
    );
    switchover = await startEndpoint(
      (request) => (request.method === "GET" ? 200 : accept(request)),
      Number(new URL(switchover.url).port),
    );
    await until("the PROBLEM that waited", () => alerts.length > before);
    expect(alerts[before]).toMatchObject({ type: "PROBLEM", service: "Switchover", state: "CRITICAL" });
    expect(alerts[before]?.output).toMatch(
      /^SWITCHOVER CRITICAL - no answer that is well: .*Failed to connect/,
    );
  });
});
