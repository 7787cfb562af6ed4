import { cloudflareOf } from "./contract";
import { memoryBody } from "./body";
import { newCompany, pass, START } from "./clock";
import { testEstate } from "./estate";

test("customers ask once in each whole second, however the time is cut", () => {
  const company = newCompany();
  company.advanceTo("2026-01-01T00:00:00.900Z");
  expect(company.truth().customers).toMatchObject({ ok: 0, failed: 0, streak: 0, since: START });
  company.advanceTo("2026-01-01T00:00:01.100Z");
  company.advanceTo("2026-01-01T00:00:01.900Z");
  expect(company.truth().customers).toMatchObject({ ok: 1, streak: 1, lastAnsweredBy: "api-main" });
  company.advanceTo("2026-01-01T00:01:00Z");
  expect(company.truth().customers).toMatchObject({ ok: 60, failed: 0, streak: 60 });
});

test("time does not run backwards", () => {
  const company = newCompany();
  pass(company, 10);
  expect(() => company.advanceTo(START)).toThrow(/forward only/);
  expect(() => company.advanceTo("tomorrow")).toThrow(/not an instant/);
});

test("customers keep a proxied name's address for its 300 seconds, whatever the records say meanwhile", async () => {
  const body = memoryBody(testEstate());
  await body.second();
  await body.break("edge-down", "dropped");
  const { zone } = body.estate.cloudflare;
  const api = cloudflareOf(body);
  const { result } = await api.dns.records.list({ zone_id: zone.id });
  const record = result[0];
  if (record?.type !== "A") throw new Error("no record");
  await api.dns.records.edit(record.id, {
    zone_id: zone.id,
    type: "A",
    name: record.name,
    content: record.content ?? "",
    ttl: 60,
    proxied: false,
  });
  for (let passed = 0; passed < 299; passed += 1) await body.second();
  expect((await body.truth()).customers).toMatchObject({ ok: 1, failed: 299 });
  await body.second();
  expect((await body.truth()).customers).toMatchObject({ ok: 2, streak: 1 });
});

test("customers do not notice dead name servers until they have to ask them again", () => {
  const company = newCompany();
  pass(company, 10);
  company.break("dns-unanswered");
  pass(company, 290);
  expect(company.truth().customers.failed).toBe(0);
  pass(company, 10);
  expect(company.truth().customers.streak).toBe(-10);
  company.heal("dns-unanswered");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(1);
});

test("the same company lives the same life twice", () => {
  const life = () => {
    const company = newCompany();
    pass(company, 5);
    company.break("api-server-down", "hung");
    pass(company, 20);
    company.break("edge-down");
    pass(company, 20);
    company.heal("edge-down");
    pass(company, 20);
    return company.truth();
  };
  expect(life()).toEqual(life());
});
