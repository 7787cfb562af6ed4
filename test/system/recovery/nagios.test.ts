import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncidentDetail, IncidentSummary } from "../../../shared/incident";
import { NAGIOS, startNagios, type Nagios } from "../nagios/nagios-rig";
import { until as poll } from "../../support/until";
import { requirePart } from "../required";
import { committedAlerts } from "./committed";

const ROOT = join(__dirname, "../../..");
const PORT = 7391;
const SANDBOX_PORT = 7392;
const SWITCHOVER = `http://127.0.0.1:${PORT}`;
const SANDBOX = `http://127.0.0.1:${SANDBOX_PORT}`;
/** The shipped company, on addresses of its own. */
const NET = "127.83.";

const here =
  requirePart("from a real Nagios' alert to moved traffic", NAGIOS, "nagios4-core") &&
  requirePart("from a real Nagios' alert to moved traffic", "haproxy", "haproxy");

type Phone = { person: string; code: string; messages: { text: string; link: string | null }[] };
type Truth = { records: { content: string }[]; customers: { streak: number; lastAnsweredBy: string | null } };

async function get<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

async function until<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 90_000): Promise<T> {
  return await poll(what, ask, { within: ms, every: 200, story });
}

async function story(): Promise<string> {
  const { incidents } = await get<{ incidents: IncidentSummary[] }>(`${SWITCHOVER}/api/incidents`);
  return JSON.stringify(incidents, null, 2);
}

/** Opens the newest link on the manager's phone, reads the page, types the code of the moment. */
async function approveAsAPerson(link: string): Promise<Response> {
  const html = await (await fetch(link)).text();
  const hidden = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "";
  const phones = await get<Phone[]>(`${SANDBOX}/phones`);
  const code = phones.find((one) => one.person === "bo")?.code ?? "";
  return fetch(`${link}/approve`, {
    method: "POST",
    body: new URLSearchParams({ code, form: hidden("form"), plan: hidden("plan") }),
  });
}

(here ? describe : describe.skip)("from a real Nagios' alert to moved traffic, past a real HAProxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "switchover-nagios-e2e-"));
  let switchover: ChildProcess;
  let nagios: Nagios;

  beforeAll(async () => {
    const config = join(folder, "switchover.yaml");
    writeFileSync(config, readFileSync(join(ROOT, "switchover.yaml"), "utf8").replaceAll("127.77.", NET));
    const env = {
      ...process.env,
      PORT: String(PORT),
      SANDBOX_PORT: String(SANDBOX_PORT),
      SWITCHOVER_STATE: join(folder, "state"),
    };
    switchover = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), "up", "--config", config], {
      env,
      stdio: "ignore",
    });
    await until("Switchover is ready", async () => (await fetch(`${SWITCHOVER}/api/health`)).ok, 30_000);
    const company = await get<{ webhook?: { nagios?: { secret: string } }; nagios?: { secret: string } }>(
      `${SANDBOX}/company`,
    );
    const secret = company.nagios?.secret ?? company.webhook?.nagios?.secret ?? "";
    const ask = (address: string, path: string, host: string) =>
      `/usr/bin/curl -fsS -o /dev/null -m 2 -H "Host: ${host}" http://${address}:8080${path}`;
    nagios = await startNagios({
      hosts: [
        {
          name: "lb-1",
          address: `${NET}1.10`,
          checkCommandLine: ask(`${NET}1.10`, "/health", "shop.example.com"),
        },
      ],
      services: [
        { host: "lb-1", name: "Shop", checkCommandLine: ask(`${NET}0.10`, "/orders", "shop.example.com") },
        {
          host: "lb-1",
          name: "Switchover",
          checkCommandLine: "$PLUGINS$/check_switchover -c $PLUGINS$/notify.conf -t 2",
        },
      ],
      endpoints: [SWITCHOVER],
      secret,
    });
    await until(
      "Nagios sees the shop well",
      async () => (await nagios.status("lb-1", "Shop")).state === "OK",
    );
  }, 120_000);

  afterAll(async () => {
    await nagios?.stop();
    const gone = new Promise((resolve) => switchover.once("exit", resolve));
    switchover.kill("SIGINT");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it("opens, is diagnosed, is approved by a person, moves DNS, serves customers, and Nagios shows the recovery", async () => {
    const company = await get<{ haproxy?: unknown }>(`${SANDBOX}/company`);
    expect(JSON.stringify(company)).toContain("HAProxy");
    await fetch(`${SANDBOX}/faults/balancer-host-down`, { method: "POST" });

    await until("Nagios is HARD about the balancer", async () => {
      const { state, stateType } = await nagios.status("lb-1");
      return state === "DOWN" && stateType === "HARD";
    });
    const link = await until("the manager's phone has a link", async () => {
      const phones = await get<Phone[]>(`${SANDBOX}/phones`);
      return (
        phones.find((one) => one.person === "bo")?.messages.findLast((message) => message.link !== null)
          ?.link ?? undefined
      );
    });
    expect((await get<Truth>(`${SANDBOX}/truth`)).records[0]?.content).toBe(`${NET}1.10`);

    expect((await approveAsAPerson(link)).ok).toBe(true);
    const incident = await until("the incident is recovered", async () => {
      const { incidents } = await get<{ incidents: IncidentSummary[] }>(`${SWITCHOVER}/api/incidents`);
      return incidents.find((one) => one.finding === "balancer-host-down" && one.state === "closed");
    });
    expect(incident).toMatchObject({ outcome: "recovered", system: "load-balancer" });
    const detail = await get<IncidentDetail>(`${SWITCHOVER}/api/incidents/${incident.id}`);
    expect(detail.effects).toMatchObject([{ outcome: "done", new: expect.stringContaining(`${NET}2.20`) }]);
    expect((await get<Truth>(`${SANDBOX}/truth`)).records[0]?.content).toBe(`${NET}2.20`);
    await until(
      "customers had 30 good answers in a row",
      async () => (await get<Truth>(`${SANDBOX}/truth`)).customers.streak >= 30,
    );
    await until(
      "Nagios sees the shop well again",
      async () => (await nagios.status("lb-1", "Shop")).state === "OK",
    );
    // The alert came through the forwarder to the intake, and not only our own timer saw it.
    expect(await nagios.log()).toMatch(/HOST NOTIFICATION: [^;]*;lb-1;DOWN/);
    const down = (await committedAlerts(join(folder, "state"))).filter((one) => one.state === "DOWN");
    expect(down).toMatchObject([
      { type: "PROBLEM", host: "lb-1", service: null, disposition: { incident: incident.id } },
    ]);
  }, 240_000);

  it("pages by Nagios itself when Switchover is silent", async () => {
    await until(
      "Nagios sees Switchover well",
      async () => (await nagios.status("lb-1", "Switchover")).state === "OK",
    );
    switchover.kill("SIGSTOP");
    try {
      await until(
        "Nagios is CRITICAL about Switchover",
        async () => (await nagios.status("lb-1", "Switchover")).state === "CRITICAL",
      );
    } finally {
      switchover.kill("SIGCONT");
    }
  }, 120_000);
});
