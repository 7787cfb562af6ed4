import Cloudflare, { APIConnectionError } from "cloudflare";
import { memoryBody, type Body } from "./body";
import { cloudflareOf } from "./contract";
import { testEstate } from "./estate";

const zone_id = testEstate().cloudflare.zone.id;
const name = testEstate().service.hostname;
let body: Body;
let api: Cloudflare;

beforeEach(() => {
  body = memoryBody(testEstate());
  api = cloudflareOf(body);
});

async function theRecord() {
  const { result } = await api.dns.records.list({ zone_id, name: { exact: name }, type: "A" });
  return result[0]?.id ?? "";
}

test("the official client finds the token, the zone and the record", async () => {
  expect(await api.user.tokens.verify()).toMatchObject({ status: "active" });
  expect((await api.zones.list({ name: "example.com" })).result).toMatchObject([{ id: zone_id }]);
  expect((await api.zones.list({ name: "example.org" })).result).toEqual([]);
  expect(await api.zones.get({ zone_id })).toMatchObject({ name: "example.com", paused: false });
  const id = await theRecord();
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(await api.dns.records.get(id, { zone_id })).toMatchObject({
    name,
    type: "A",
    content: "127.77.1.10",
    proxied: true,
    ttl: 1,
  });
});

test("ids are the same for the same estate, and survive every edit", async () => {
  const id = await theRecord();
  await api.dns.records.update(id, {
    zone_id,
    name,
    type: "A",
    content: "127.77.2.20",
    ttl: 60,
    proxied: false,
  });
  expect(await theRecord()).toBe(id);
  expect((await memoryBody(testEstate()).truth()).records[0]?.id).toBe(id);
});

test("auto-pagination comes to an end", async () => {
  for (const content of ["127.0.0.2", "127.0.0.3", "127.0.0.4"]) {
    await api.dns.records.create({ zone_id, name: "more.example.com", type: "A", content, ttl: 60 });
  }
  const seen: string[] = [];
  for await (const record of api.dns.records.list({ zone_id, per_page: 2 })) {
    seen.push(record.content ?? "");
    if (seen.length > 10) throw new Error("the pages have no end");
  }
  expect(seen.toSorted()).toEqual(["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.77.1.10", "127.77.1.10"]);
});

test("PATCH changes what it is given and keeps the rest; PUT begins from the defaults", async () => {
  const id = await theRecord();
  const given = { zone_id, name, type: "A", content: "127.77.1.20", ttl: 300 } as const;
  expect(await api.dns.records.edit(id, given)).toMatchObject({
    content: "127.77.1.20",
    proxied: true,
    ttl: 1,
  });
  expect(await api.dns.records.update(id, given)).toMatchObject({
    content: "127.77.1.20",
    proxied: false,
    ttl: 300,
  });
});

test("a change shows in the name servers' answer at once", async () => {
  const id = await theRecord();
  await api.dns.records.edit(id, {
    zone_id,
    name,
    type: "A",
    content: "127.77.2.10",
    ttl: 60,
    proxied: false,
  });
  await body.second();
  expect((await body.truth()).customers).toMatchObject({ ok: 1, lastAnsweredBy: "api-main" });
  expect((await body.truth()).records[0]).toEqual({
    id,
    name,
    type: "A",
    content: "127.77.2.10",
    proxied: false,
    ttl: 60,
  });
});

test.each([
  ["a TTL below a minute", { ttl: 30, proxied: false }, 9021],
  ["a TTL above a day", { ttl: 90_000, proxied: false }, 9021],
  ["a name where an address belongs", { content: "lb-1", ttl: 1 }, 9005],
])("refuses %s", async (_, change, code) => {
  const id = await theRecord();
  await expect(
    api.dns.records.edit(id, { zone_id, name, type: "A", content: "127.77.1.10", ...change }),
  ).rejects.toMatchObject({
    status: 400,
    errors: [{ code }],
  });
  expect(await body.effects()).toEqual([]);
});

test("refuses strangers, other zones, unknown records and doubles", async () => {
  const stranger = new Cloudflare({
    apiToken: "wrong",
    baseURL: body.estate.cloudflare.api,
    fetch: body.fetch,
    maxRetries: 0,
  });
  await expect(stranger.user.tokens.verify()).rejects.toMatchObject({
    status: 400,
    errors: [{ code: 10_000 }],
  });
  expect((await body.fetch(`${body.estate.cloudflare.api}/zones`)).status).toBe(400);
  await expect(api.zones.get({ zone_id: "f".repeat(32) })).rejects.toMatchObject({
    status: 403,
    errors: [{ code: 9109 }],
  });
  await expect(api.dns.records.get("f".repeat(32), { zone_id })).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 81_044 }],
  });
  const double = { zone_id, name, type: "A", content: "127.77.1.10", ttl: 1 } as const;
  await expect(api.dns.records.create(double)).rejects.toMatchObject({
    status: 400,
    errors: [{ code: 81_058 }],
  });
});

test("deleting the only record leaves a name that does not exist", async () => {
  await api.dns.records.delete(await theRecord(), { zone_id });
  await body.second();
  expect((await body.truth()).customers.streak).toBe(-1);
  expect((await body.effects()).at(-1)).toMatchObject({
    old: "A 127.77.1.10 proxied ttl 1",
    new: "no record",
  });
});

test("the zone's security level is read and set, and nothing that is no level is taken", async () => {
  expect(await api.zones.settings.get("security_level", { zone_id })).toMatchObject({ value: "medium" });
  expect(await api.zones.settings.edit("security_level", { zone_id, value: "high" })).toMatchObject({
    id: "security_level",
    value: "high",
  });
  await expect(
    api.zones.settings.edit("security_level", { zone_id, value: "paranoid" }),
  ).rejects.toMatchObject({ status: 400, errors: [{ code: 1007 }] });
  await expect(api.zones.settings.get("brotli", { zone_id })).rejects.toMatchObject({ status: 404 });
  expect((await body.truth()).securityLevel).toBe("high");
  expect(await body.effects()).toMatchObject([{ kind: "zone-setting", old: "medium", new: "high" }]);
  await body.reset();
  expect((await body.truth()).securityLevel).toBe("medium");
});

test("the zone's records are exported as a zone file", async () => {
  const text = await api.dns.records.export({ zone_id });
  expect(text).toContain(`${name}.\t1\tIN\tA\t127.77.1.10 ; cf_tags=cf-proxied:true`);
});

test("fails as undici does when nobody is there", async () => {
  await body.break("cloudflare-api-down", "dropped");
  await expect(api.zones.list()).rejects.toBeInstanceOf(APIConnectionError);
  await expect(body.fetch(`${body.estate.cloudflare.api}/zones`)).rejects.toMatchObject({
    name: "TypeError",
    message: "fetch failed",
    cause: { code: "UND_ERR_CONNECT_TIMEOUT" },
  });
  await expect(body.fetch("http://127.77.250.1:80/")).rejects.toMatchObject({
    cause: { code: "ECONNREFUSED" },
  });
  await expect(
    body.fetch(`${body.estate.cloudflare.api}/zones`, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ name: "AbortError" });
});
