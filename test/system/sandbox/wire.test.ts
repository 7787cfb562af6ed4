import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../../sandbox/body";
import { requirePart } from "../required";
import { realSandbox, type RealSandbox } from "./real-sandbox";

let sandbox: RealSandbox;
beforeAll(async () => {
  sandbox = await realSandbox();
  await sandbox.start();
});
afterAll(() => sandbox.cleanUp());

const ask = async (method: string, path: string, body?: string) => {
  const answer = await fetch(sandbox.url + path, { method, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

(requirePart("the sandbox's name server, asked by dig", "dig", "bind9-dnsutils") ? describe : describe.skip)(
  "dig",
  () => {
    const dig = (...args: string[]) => {
      const [server] = sandbox.body.estate.dns.servers;
      return execFileSync(
        "dig",
        [`@${server?.address}`, "-p", String(server?.port), "+time=1", "+tries=1", ...args],
        { encoding: "utf8" },
      );
    };

    test("gets the edge's address over UDP and over TCP, and the other answers as they should be", () => {
      const edge = sandbox.body.estate.cloudflare.edge?.address;
      for (const way of ["+notcp", "+tcp"]) {
        expect(dig("shop.example.com", way)).toMatch(
          new RegExp(
            `status: NOERROR[\\s\\S]*flags: qr aa rd;[\\s\\S]*shop\\.example\\.com\\.\\s+300\\s+IN\\s+A\\s+${edge}`,
          ),
        );
      }
      expect(dig("nobody.example.com")).toMatch(/status: NXDOMAIN[\s\S]*SOA/);
      expect(dig("shop.example.com", "AAAA")).toMatch(/status: NOERROR[\s\S]*ANSWER: 0/);
      expect(dig("example.org")).toMatch(/status: REFUSED/);
    });
  },
);

test("what the control API refuses says what, where, value and hint", async () => {
  const shape = {
    what: expect.any(String),
    where: expect.any(String),
    value: expect.any(String),
    hint: expect.any(String),
  };
  expect(await ask("POST", "/faults/flood")).toEqual({ status: 404, body: { ...shape, value: "flood" } });
  expect(await ask("DELETE", "/faults/flood")).toEqual({ status: 404, body: shape });
  expect(await ask("POST", "/faults/edge-down?way=melted")).toEqual({
    status: 400,
    body: { ...shape, value: "melted" },
  });
  expect(await ask("POST", "/parts/lb-9/cut")).toEqual({ status: 404, body: shape });
  expect(await ask("PUT", "/records/nobody.example.com", '{"content":"127.0.0.1"}')).toEqual({
    status: 404,
    body: shape,
  });
  expect(await ask("PUT", "/records/shop.example.com", '{"content":"here"}')).toEqual({
    status: 400,
    body: shape,
  });
  expect(await ask("PUT", "/records/shop.example.com", "{}")).toEqual({ status: 400, body: shape });
  expect(await ask("PUT", "/servers/api-main/state", '{"state":"off"}')).toEqual({
    status: 400,
    body: shape,
  });
  expect(await ask("PUT", "/servers/api-9/state", '{"state":"drain"}')).toEqual({ status: 404, body: shape });
  expect(await ask("GET", "/nothing")).toEqual({ status: 404, body: shape });
});

test("the page and its files are served, and a way may be in the body, as the page sends it", async () => {
  for (const [path, type] of [
    ["/", "text/html"],
    ["/page.js", "text/javascript"],
    ["/page.css", "text/css"],
  ] as const) {
    const answer = await fetch(sandbox.url + path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, `${type}; charset=utf-8`]);
  }
  expect(await ask("POST", "/faults/edge-down", '{"way":"dropped"}')).toMatchObject({
    status: 200,
    body: { name: "edge-down", system: "cloudflare", active: true, way: "dropped" },
  });
  expect(await ask("DELETE", "/faults/edge-down")).toMatchObject({ status: 200, body: { active: false } });
});

test("phones take messages at the webhook of the estate, and are silent when cut off", async () => {
  const webhook = sandbox.body.estate.people[1]?.webhook ?? "";
  const send = () =>
    fetch(webhook, {
      method: "POST",
      body: JSON.stringify({ text: "hello" }),
      signal: AbortSignal.timeout(700),
    });
  expect((await send()).status).toBe(202);
  expect((await ask("POST", "/phones/nobody", '{"text":"x"}')).status).toBe(404);
  await sandbox.body.cut("phones");
  await expect(send()).rejects.toThrow(/timeout/);
  await sandbox.body.mend("phones");
  expect((await sandbox.body.phones()).map((one) => one.messages.map((message) => message.text))).toEqual([
    [],
    ["hello"],
    [],
  ]);
});

test("the company lists every part with its addresses and pids, and the webhook's secret", async () => {
  const { body } = await ask("GET", "/company");
  expect(body).toMatchObject({
    company: "Shop Ltd",
    console: sandbox.body.estate.baseUrl,
    nagios: { secret: sandbox.body.secrets("env:NAGIOS_WEBHOOK_SECRET") },
  });
  const { parts } = body as { parts: { name: string; addresses: string[]; pid: number | null }[] };
  expect(parts.map((one) => one.name).toSorted()).toEqual([
    "api-backup",
    "api-main",
    "attackers",
    "azure",
    "cloudflare-api",
    "dns",
    "dublin",
    "edge",
    "lb-1",
    "lb-2",
    "phones",
    "resolver-1",
    "resolver-2",
    "warsaw",
  ]);
  expect(parts.every((one) => typeof one.pid === "number")).toBe(true);
  // Neither phones nor attackers are at an address of the company's.
  const placed = parts.filter((one) => !["phones", "attackers"].includes(one.name));
  expect(placed.every((one) => one.addresses.length > 0)).toBe(true);
});

test("what it keeps is its user's alone", () => {
  for (const file of ["secrets.json", "company.json", "processes.json"]) {
    expect([file, statSync(join(sandbox.stateDir, file)).mode & 0o077]).toEqual([file, 0]);
  }
});

test("a write that is lost on the way to a cut API is not applied to somebody who has given up", async () => {
  const { body } = sandbox;
  await body.reset();
  const { api, token, zone } = body.estate.cloudflare;
  const [record] = (await body.truth()).records;
  const patch = (ms: number) =>
    fetch(`${api}/zones/${zone.id}/dns_records/${record?.id}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${body.secrets(token)}` },
      body: JSON.stringify({ content: "127.0.0.1" }),
      signal: AbortSignal.timeout(ms),
    });
  await body.cut("cloudflare-api");
  await expect(patch(300)).rejects.toThrow(/timeout/);
  const patient = patch(20_000);
  await body.second();
  await body.mend("cloudflare-api");
  expect((await patient).status).toBe(200);
  await eventually(body, async () => (await body.effects()).length, 1);
});
