import { cloudflareRecords } from "../../adapters/cloudflare";
import { cloudflareZone } from "../../adapters/cloudflare-zone";
import { HOSTNAME, json, listOf, record, ZONE } from "./cloudflare-answers";
import { complaintsOf, type Sent } from "./cloudflare-described";
import description from "./cloudflare-description.json";
import { fakeFetch, testEstate } from "./estate";

/** Every call that the two ports can make, and what each sent. */
async function everyRequest(): Promise<Sent[]> {
  const result = (value: object) => json({ success: true, errors: [], messages: [], result: value });
  const { fetch, requests } = fakeFetch(({ method, url }) => {
    if (url.endsWith("/export"))
      return new Response(";; zone file\n", { headers: { "content-type": "text/plain" } });
    if (url.includes("/settings/")) return result({ id: "security_level", value: "under_attack" });
    if (url.includes("/dns_records")) return method === "GET" ? listOf([]) : result(record);
    return result({ id: ZONE, paused: false });
  });
  const options = { estate: testEstate(), token: () => "the-token", fetch };
  const [records, zone] = [cloudflareRecords(options), cloudflareZone(options)];
  await records.read(HOSTNAME);
  for (const change of [{}, { proxied: true, ttl: 1 }, { proxied: false, ttl: 86_400 }])
    await records.update({ ...record, ...change });
  await zone.securityLevel();
  await zone.setSecurityLevel("under_attack");
  await zone.paused();
  await zone.exportRecords();
  return requests;
}

const base = testEstate().cloudflare.api;

it("sends nothing but what Cloudflare's own description has", async () => {
  const requests = await everyRequest();
  expect(requests.flatMap((one) => complaintsOf(base, one))).toEqual([]);
  expect(requests).toHaveLength(9);
});

it("knows each operation that it has a description of", async () => {
  const used = new Set(
    (await everyRequest()).map(
      ({ method, url }) =>
        `${method} ${new URL(url).pathname
          .replace("/client/v4", "")
          .replace(ZONE, "{zone_id}")
          .replace(record.id, "{dns_record_id}")
          .replace("security_level", "{setting_id}")}`,
    ),
  );
  expect([...used].toSorted()).toEqual(
    description.operations.map(({ method, path }) => `${method} ${path}`).toSorted(),
  );
});

const path = `${base}/zones/${ZONE}/dns_records`;
const headers = new Headers({ authorization: "Bearer t" });
it.each<[string, Sent]>([
  ["a path that is not there", { method: "GET", url: `${base}/zones//dns_records/x/y`, headers, body: "" }],
  ["a method that is not there", { method: "DELETE", url: path, headers, body: "" }],
  ["a parameter that is not there", { method: "GET", url: `${path}?names=x`, headers, body: "" }],
  ["a type that is not there", { method: "GET", url: `${path}?type=AX`, headers, body: "" }],
  ["no token", { method: "GET", url: path, headers: new Headers(), body: "" }],
  [
    "a field that is missing",
    { method: "PATCH", url: `${path}/x`, headers, body: '{"type":"A","name":"n"}' },
  ],
  [
    "a field that is not there",
    {
      method: "PATCH",
      url: `${path}/x`,
      headers,
      body: '{"type":"A","name":"n","content":"c","proxy":true}',
    },
  ],
  [
    "a TTL that it does not take",
    { method: "PATCH", url: `${path}/x`, headers, body: '{"type":"A","name":"n","content":"c","ttl":5}' },
  ],
])("the check itself complains of %s", (_what, sent) => {
  expect(complaintsOf(base, sent)).toHaveLength(1);
});
