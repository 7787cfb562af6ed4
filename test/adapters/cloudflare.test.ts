import { cloudflareRecords } from "../../adapters/cloudflare";
import { RecoveryError } from "../../shared/errors";
import type { DnsRecord } from "../../shared/world";
import { fakeFetch, neverAnswers, testEstate } from "./estate";

const ZONE = "5a3d1e7c9b2f4a6088d0c1b2a3f4e5d6";
const ID = "372e67954025e0ba6aaa6d586b9e0b59";
const HOSTNAME = "shop.example.com";
const record: DnsRecord = {
  id: ID,
  type: "A",
  name: HOSTNAME,
  content: "192.0.2.20",
  proxied: false,
  ttl: 60,
};
const extras = {
  proxiable: true,
  settings: {},
  meta: {},
  comment: null,
  tags: [],
  created_on: "2024-01-01T05:20:00.12345Z",
};

const json = (body: unknown, status = 200) => Response.json(body, { status });
const failure = (status: number, code: number, message: string) =>
  json({ success: false, errors: [{ code, message }], messages: [], result: null }, status);
const listOf = (records: object[]) =>
  json({
    success: true,
    errors: [],
    messages: [],
    result: records,
    result_info: {
      page: 1,
      per_page: 100,
      count: records.length,
      total_count: records.length,
      total_pages: 1,
    },
  });

function records(answer: (request: Request) => Response | Promise<Response>, token = () => "the-token") {
  const { fetch, requests } = fakeFetch(answer);
  return { records: cloudflareRecords({ estate: testEstate(), token, fetch }), requests };
}

async function errorOf(work: Promise<unknown>): Promise<RecoveryError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof RecoveryError) return thrown;
  throw new Error(`expected a RecoveryError, got ${String(thrown)}`);
}

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

describe("naming what went wrong", () => {
  it.each<[string, string, () => Response]>([
    [
      "a token without the right",
      "CLOUDFLARE_TOKEN_REFUSED",
      () => failure(403, 9_109, "Unauthorized to access requested resource"),
    ],
    [
      "a wrong token, which is a 400",
      "CLOUDFLARE_TOKEN_REFUSED",
      () => failure(400, 10_000, "Authentication error"),
    ],
    ["a record that is gone", "CLOUDFLARE_REFUSED", () => failure(404, 81_044, "Record does not exist.")],
    ["too many requests", "CLOUDFLARE_RATE_LIMITED", () => failure(429, 971, "Please wait")],
    ["an error of the API", "CLOUDFLARE_FAILED", () => failure(500, 1_000, "internal")],
    [
      "a page of HTML",
      "CLOUDFLARE_FAILED",
      () => new Response("<html>520</html>", { status: 520, headers: { "content-type": "text/html" } }),
    ],
  ])("calls %s %s", async (_what, code, answer) => {
    const error = await errorOf(records(answer).records.update(record));
    expect(error.code).toBe(code);
    expect(error.message.startsWith(`${code}: `)).toBe(true);
  });

  it("quotes Cloudflare's own code and words", async () => {
    const error = await errorOf(
      records(() => failure(404, 81_044, "Record does not exist.")).records.update(record),
    );
    expect(error.message).toContain("81044 Record does not exist.");
  });

  it("says that the API can't be reached, and why", async () => {
    const refused = () =>
      Promise.reject(
        new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 192.0.2.1:443") }),
      );
    const error = await errorOf(records(refused).records.read(HOSTNAME));
    expect(error.code).toBe("CLOUDFLARE_UNREACHABLE");
    expect(error.message).toContain("ECONNREFUSED");
  });

  it("never quotes the token", async () => {
    const errors = await Promise.all(
      [401, 403, 404, 500].map((status) =>
        errorOf(
          records(
            () => failure(status, 1, "no"),
            () => "s3cret-canary",
          ).records.update(record),
        ),
      ),
    );
    expect(errors.map((error) => error.message + error.stack).join()).not.toContain("s3cret-canary");
  });

  it("fails with the missing token's own error, and sends nothing", async () => {
    const missing = () => {
      throw new RecoveryError("SECRET_MISSING", "The environment variable X is not set.", "Set it.");
    };
    const { records: port, requests } = records(() => listOf([]), missing);
    expect((await errorOf(port.read(HOSTNAME))).code).toBe("SECRET_MISSING");
    expect(requests).toEqual([]);
  });
});

describe("when nothing answers", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("stops waiting after 8 seconds, also for a connection that ignores being aborted", async () => {
    const { records: port } = records(neverAnswers);
    const error = errorOf(port.read(HOSTNAME));
    await jest.advanceTimersByTimeAsync(8_000);
    expect((await error).code).toBe("CLOUDFLARE_UNREACHABLE");
  });

  it("stops waiting for a body that never ends", async () => {
    const endless = () =>
      new Response(new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from("{")) }), {
        headers: { "content-type": "application/json" },
      });
    const { records: port } = records(endless);
    const error = errorOf(port.update(record));
    await jest.advanceTimersByTimeAsync(8_000);
    expect((await error).code).toBe("CLOUDFLARE_UNREACHABLE");
  });
});
