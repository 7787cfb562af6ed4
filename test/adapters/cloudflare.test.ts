import { cloudflareRecords } from "../../adapters/cloudflare";
import type { DnsRecord } from "../../shared/world";
import {
  HOSTNAME,
  ID,
  ZONE,
  errorOf,
  extras,
  failure,
  json,
  listOf,
  record,
  records,
} from "./cloudflare-answers";
import { fakeFetch, testEstate } from "./estate";

describe("reading records", () => {
  it("asks for the A and the AAAA records of exactly this name, once each", async () => {
    const { records: port, requests } = records(() => listOf([]));
    expect(await port.read(HOSTNAME)).toEqual([]);
    expect(requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      `GET https://api.cloudflare.test/client/v4/zones/${ZONE}/dns_records?name.exact=${HOSTNAME}&type=A&per_page=100`,
      `GET https://api.cloudflare.test/client/v4/zones/${ZONE}/dns_records?name.exact=${HOSTNAME}&type=AAAA&per_page=100`,
    ]);
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer the-token");
  });

  it("gives both kinds back, with nothing but what a plan may change", async () => {
    const v6 = { ...record, id: "f".repeat(32), type: "AAAA", content: "2001:db8::40" };
    const { records: port } = records(({ url }) =>
      listOf(url.includes("AAAA") ? [{ ...v6, ...extras }] : [{ ...record, ...extras }]),
    );
    expect(await port.read(HOSTNAME)).toEqual([record, v6]);
  });

  it("does not send credentials that happen to be in the environment", async () => {
    process.env["CLOUDFLARE_API_KEY"] = "global-key";
    process.env["CLOUDFLARE_EMAIL"] = "root@example.com";
    try {
      const { records: port, requests } = records(() => listOf([]));
      await port.read(HOSTNAME);
      expect(
        Array.from(requests[0]?.headers.keys() ?? []).filter((name) => name.startsWith("x-auth")),
      ).toEqual([]);
    } finally {
      delete process.env["CLOUDFLARE_API_KEY"];
      delete process.env["CLOUDFLARE_EMAIL"];
    }
  });

  it.each([
    ["records of another name", () => listOf([{ ...record, name: "other.example.com" }])],
    ["a record without a content", () => listOf([{ ...record, content: undefined }])],
    ["something that is no list", () => json({ success: true, errors: [], messages: [], result: "none" })],
    [
      "more records than it looks at",
      () => listOf(Array.from({ length: 100 }, (_, at) => ({ ...record, id: `id${at}` }))),
    ],
  ])("relies on nothing when it gets %s", async (_what, answer) => {
    expect((await errorOf(records(answer).records.read(HOSTNAME))).code).toBe("CLOUDFLARE_UNCLEAR_ANSWER");
  });

  it.each(["", "shop.example.org", "example.com.evil.test", "notexample.com", ".example.com"])(
    "refuses the name %p, which is not in the zone",
    async (hostname) => {
      const { records: port, requests } = records(() => listOf([]));
      expect((await errorOf(port.read(hostname))).code).toBe("RECORD_REFUSED");
      expect(requests).toEqual([]);
    },
  );
});

describe("changing a record", () => {
  const confirmed = () => json({ success: true, errors: [], messages: [], result: { ...record, ...extras } });

  it("sends the complete statement to the record's own path", async () => {
    const { records: port, requests } = records(confirmed);
    await port.update(record);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "PATCH",
      url: `https://api.cloudflare.test/client/v4/zones/${ZONE}/dns_records/${ID}`,
    });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      type: "A",
      name: HOSTNAME,
      content: "192.0.2.20",
      proxied: false,
      ttl: 60,
    });
  });

  it("tries once: whether to repeat is not the SDK's decision", async () => {
    const { records: port, requests } = records(() => failure(500, 1_000, "internal"));
    await errorOf(port.update(record));
    expect(requests).toHaveLength(1);
  });

  it("does not take a confirmation of something else for its own", async () => {
    const { records: port } = records(() =>
      json({ success: true, errors: [], messages: [], result: { ...record, id: "other" } }),
    );
    expect((await errorOf(port.update(record))).code).toBe("CLOUDFLARE_UNCLEAR_ANSWER");
  });

  it.each<[string, Partial<DnsRecord>]>([
    ["an empty id", { id: "" }],
    ["an id that is a path", { id: "../../user" }],
    ["an empty name", { name: "" }],
    ["a name outside the zone", { name: "shop.example.org" }],
    ["a name instead of an address", { content: "lb.example.com" }],
    ["an empty content", { content: "" }],
    ["an IPv6 address in an A record", { content: "2001:db8::40" }],
    ["an IPv4 address in an AAAA record", { type: "AAAA" }],
    ["an address with a port", { content: "192.0.2.20:443" }],
  ])("refuses %s, and sends nothing", async (_what, wrong) => {
    const { records: port, requests } = records(confirmed);
    expect((await errorOf(port.update({ ...record, ...wrong }))).code).toBe("RECORD_REFUSED");
    expect(requests).toEqual([]);
  });

  it("refuses an empty zone id, which the SDK would send as `/zones//dns_records`", async () => {
    const { fetch, requests } = fakeFetch(confirmed);
    const { cloudflare } = testEstate();
    const estate = { cloudflare: { ...cloudflare, zone: { ...cloudflare.zone, id: "" } } };
    const port = cloudflareRecords({ estate, token: () => "t", fetch });
    expect((await errorOf(port.update(record))).code).toBe("RECORD_REFUSED");
    expect((await errorOf(port.read(HOSTNAME))).code).toBe("RECORD_REFUSED");
    expect(requests).toEqual([]);
  });
});
