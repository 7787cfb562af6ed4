import { newCompany, pass, statusOf } from "./clock";
import type { MemoryCompany } from "../../sandbox/memory";

const LB_1 = "tcp://127.77.1.10:9999";
const say = (company: MemoryCompany, command: string) => company.runtimeApi(LB_1, command);

/** Row of a server by the columns' names. */
async function row(company: MemoryCompany, server: string): Promise<Record<string, string | undefined>> {
  const [header = "", ...rows] = (await say(company, "show stat api 4 -1")).split("\n");
  const columns = header.replace("# ", "").split(",");
  const values = rows.find((one) => one.split(",")[1] === server)?.split(",") ?? [];
  return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
}

function statuses(company: MemoryCompany, seconds: number): (string | undefined)[] {
  return Array.from({ length: seconds }, () => {
    pass(company, 1);
    return statusOf(company, "api-main");
  });
}

test("two failed checks take a server out, two good ones bring it back", () => {
  const company = newCompany();
  company.break("api-server-down");
  expect(statuses(company, 3)).toEqual(["UP 1/2", "DOWN", "DOWN"]);
  company.heal("api-server-down");
  expect(statuses(company, 3)).toEqual(["DOWN 1/2", "UP", "UP"]);
});

test("until HAProxy has noticed, customers of a dead server get 503", () => {
  const company = newCompany();
  pass(company, 5);
  company.break("api-server-down");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(-1);
  pass(company, 1);
  expect(company.truth().customers).toMatchObject({ streak: 1, lastAnsweredBy: "api-backup" });
});

test("leaving maintenance trusts a server before any check has passed", async () => {
  const company = newCompany();
  await say(company, "set server api/api-main state maint");
  expect(await row(company, "api-main")).toMatchObject({ status: "MAINT", check_status: "" });
  company.break("api-server-down");
  pass(company, 10);
  expect(statusOf(company, "api-main")).toBe("MAINT");
  await say(company, "set server api/api-main state ready");
  expect(statusOf(company, "api-main")).toBe("UP 1/2");
  expect(statuses(company, 1)).toEqual(["DOWN"]);
});

test("a drained server is checked on: DRAIN while it is well, DOWN when it is not", async () => {
  const company = newCompany();
  await say(company, "set server api/api-main state drain");
  company.break("api-server-down");
  expect(statuses(company, 2)).toEqual(["DRAIN", "DOWN"]);
  company.heal("api-server-down");
  expect(statuses(company, 2)).toEqual(["DOWN 1/2", "DRAIN"]);
});

test("show stat has HAProxy 2.6's columns, and counts what a sick server does", async () => {
  const company = newCompany();
  pass(company, 3);
  company.break("api-server-sick");
  pass(company, 4);
  expect(await row(company, "api-main")).toMatchObject({
    pxname: "api",
    status: "UP",
    weight: "1",
    act: "1",
    bck: "0",
    check_status: "L7OK",
    check_code: "200",
    hrsp_2xx: "3",
    hrsp_5xx: "4",
    stot: "7",
    addr: "127.77.2.10:8080",
  });
  expect(await row(company, "api-backup")).toMatchObject({ status: "UP", act: "0", bck: "1", hrsp_5xx: "0" });
  const whole = await say(company, "show stat");
  expect(whole.split("\n").map((line) => line.split(",")[1])).toEqual([
    "svname",
    "FRONTEND",
    "api-main",
    "api-backup",
    "BACKEND",
    undefined,
    undefined,
  ]);
  expect(
    new Set(
      whole
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split(",").length),
    ).size,
  ).toBe(1);
});

test("requests that a slow server never answers are its sessions until they are given up", () => {
  const company = newCompany();
  pass(company, 2);
  company.break("api-server-sick", "slow");
  const sessions = () => company.truth().servers.find((one) => one.name === "api-main")?.sessions;
  pass(company, 10);
  expect(sessions()).toBe(4);
  expect(company.truth().servers[0]).toMatchObject({ status: "UP", errors: 0 });
  company.heal("api-server-sick");
  pass(company, 4);
  expect(sessions()).toBe(0);
});

test("show servers state has the admin state as HAProxy's bits", async () => {
  const company = newCompany();
  await say(company, "set server api/api-main state drain;set server api/api-backup state maint");
  const lines = (await say(company, "show servers state api")).split("\n");
  expect(lines[0]).toBe("1");
  expect(lines[1]).toMatch(/^# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state /);
  expect(lines[2]).toMatch(/^3 api 1 api-main 127\.77\.2\.10 2 8 1 1 0 15 3 3 6 .* 8080 /);
  expect(lines[3]).toMatch(/^3 api 2 api-backup 127\.77\.2\.20 0 1 1 1 0 /);
});

test("a dead check is told apart from a refused and a failed one", async () => {
  const company = newCompany();
  const check = async (way: string) => {
    company.break("api-server-down", way);
    pass(company, 2);
    const { check_status: status } = await row(company, "api-main");
    company.heal("api-server-down");
    return status;
  };
  expect([await check("killed"), await check("hung")]).toEqual(["L4CON", "L7TOUT"]);
  company.break("all-api-servers-down", "unhealthy");
  pass(company, 2);
  expect(await row(company, "api-main")).toMatchObject({ check_status: "L7STS", check_code: "503" });
});

test("with every server out, the balancer answers 503 itself", async () => {
  const company = newCompany();
  await say(company, "set server api/api-main state drain;set server api/api-backup state maint");
  const answer = await company.fetch("http://127.77.1.10:8080/orders");
  expect([answer.status, await answer.text()]).toEqual([
    503,
    expect.stringContaining("No server is available"),
  ]);
});
