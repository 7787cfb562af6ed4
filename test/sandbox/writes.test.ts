import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import { newCompany, pass, START, statusOf } from "./clock";
import { testEstate, testSecrets } from "./estate";

const estate = testEstate();
const LB_1 = "tcp://127.77.1.10:9999";

function patch(company: MemoryCompany, change: object): Promise<Response> {
  const { api, token, zone } = estate.cloudflare;
  const [record] = company.truth().records;
  return company.fetch(`${api}/zones/${zone.id}/dns_records/${record?.id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${testSecrets(token)}`, "content-type": "application/json" },
    body: JSON.stringify(change),
  });
}

test("a write that leaves the value as it is, is listed with old equal to new", async () => {
  const company = newCompany();
  await company.runtimeApi(LB_1, "set server api/api-main state ready");
  await patch(company, { content: "127.77.1.10" });
  expect(company.effects()).toMatchObject([
    { at: START, by: "runtime-api", resource: "lb-1/api-main", old: "ready", new: "ready" },
    {
      at: START,
      by: "cloudflare-api",
      old: "A 127.77.1.10 proxied ttl 1",
      new: "A 127.77.1.10 proxied ttl 1",
    },
  ]);
});

test("refused writes are not listed", async () => {
  const company = newCompany();
  expect((await patch(company, { content: "nowhere" })).status).toBe(400);
  await company.runtimeApi(LB_1, "set server api/nobody state drain");
  company.cut("lb-1");
  await expect(company.runtimeApi(LB_1, "set server api/api-main state drain")).rejects.toThrow("timed out");
  expect(company.effects()).toEqual([]);
});

test("beforeWrite loses the write, over both wires", async () => {
  const company = newCompany();
  const kinds: string[] = [];
  company.beforeWrite = (kind) => {
    kinds.push(kind);
    throw new Error("crash");
  };
  await expect(patch(company, { content: "127.77.1.20" })).rejects.toMatchObject({
    message: "fetch failed",
    cause: { message: "crash" },
  });
  await expect(company.runtimeApi(LB_1, "set server api/api-main state drain")).rejects.toThrow("crash");
  expect(kinds).toEqual(["dns-record", "server-state"]);
  expect(company.effects()).toEqual([]);
  expect(company.truth().records[0]?.content).toBe("127.77.1.10");
  expect(statusOf(company, "api-main")).toBe("UP");
});

test("afterWrite loses the answer, and the write stays", async () => {
  const company = newCompany();
  company.afterWrite = () => {
    throw new Error("crash");
  };
  await expect(patch(company, { content: "127.77.1.20" })).rejects.toThrow("fetch failed");
  await expect(company.runtimeApi(LB_1, "set server api/api-main state drain")).rejects.toThrow("crash");
  expect(company.effects().map((one) => one.new)).toEqual(["A 127.77.1.20 proxied ttl 1", "drain"]);
  expect(company.truth().records[0]?.content).toBe("127.77.1.20");
  expect(statusOf(company, "api-main")).toBe("DRAIN");
});

test("the hooks are for the wire only: what somebody does by hand passes them by", () => {
  const company = newCompany();
  company.beforeWrite = () => {
    throw new Error("crash");
  };
  company.editRecord("shop.example.com", "127.77.2.10");
  company.setServer("api-backup", "drain");
  expect(company.effects().map((one) => `${one.by}: ${one.resource.split("/")[0]} ${one.new}`)).toEqual([
    "somebody: dns A 127.77.2.10 proxied ttl 1",
    "somebody: lb-1 drain",
    "somebody: lb-2 drain",
  ]);
});

test("a person's mistakes are refused with what, where, value and hint", () => {
  const company = newCompany();
  const detail = (act: () => void) => {
    try {
      act();
    } catch (thrown) {
      return (thrown as { detail: object }).detail;
    }
    return "accepted";
  };
  expect(detail(() => company.editRecord("other.example.com", "127.0.0.1"))).toMatchObject({
    what: "no such record",
    value: "other.example.com",
  });
  expect(detail(() => company.editRecord("shop.example.com", "here"))).toMatchObject({
    where: "content",
    value: "here",
  });
  expect(detail(() => company.setServer("api-3", "drain"))).toMatchObject({
    what: "no such server",
    value: "api-3",
  });
  expect(detail(() => company.break("flood"))).toMatchObject({
    what: "no such fault",
    value: "flood",
    hint: expect.stringContaining("edge-down"),
  });
  expect(detail(() => company.break("edge-down", "melted"))).toMatchObject({
    what: "no such way",
    hint: "Use one of: errors, dropped.",
  });
  expect(detail(() => company.cut("lb-9"))).toMatchObject({
    what: "no such part",
    hint: expect.stringContaining("lb-1"),
  });
});

test("an estate whose parts share a name, or without an edge, is refused", () => {
  const open = (change: Parameters<typeof testEstate>[0]) => () =>
    memoryCompany(testEstate(change), { startAt: START, secrets: testSecrets });
  expect(
    open((raw) => ({ ...raw, balancers: raw.balancers.map((one) => ({ ...one, name: "dns" })) })),
  ).toThrow(/same name.*"dns"/);
  expect(
    open((raw) => ({ ...raw, cloudflare: { ...(raw["cloudflare"] as object), edge: undefined } })),
  ).toThrow(/cloudflare\.edge/);
});

test("what a killed HAProxy was told is lost; what a silent one was told stays", async () => {
  const company = newCompany();
  await company.runtimeApi(LB_1, "set server api/api-main state drain");
  company.break("balancer-host-down", "dropped");
  company.heal("balancer-host-down");
  expect(statusOf(company, "api-main")).toBe("DRAIN");
  company.break("balancer-process-down", "killed");
  expect(statusOf(company, "api-main")).toBeUndefined();
  company.heal("balancer-process-down");
  pass(company, 2);
  expect(statusOf(company, "api-main")).toBe("UP");
  expect(company.effects()).toHaveLength(1);
});
