import { cloudflareRecords } from "../../adapters/cloudflare";
import { errorOf, failure, HOSTNAME, listOf } from "./cloudflare-answers";
import { fakeFetch, testEstate } from "./estate";

const START = Date.parse("2026-03-01T08:00:00Z");

/** A port with a clock that the test moves, whose API answers what `answer` says. */
function paced(answer: () => Response) {
  let at = START;
  const { fetch, requests } = fakeFetch(answer);
  const port = cloudflareRecords({
    estate: testEstate(),
    token: () => "t",
    fetch,
    now: () => new Date(at).toISOString(),
  });
  return { read: () => port.read(HOSTNAME), requests, pass: (ms: number) => (at += ms) };
}

/** A 429 once, then lists. */
function busy(headers: Record<string, string>) {
  let answers = 0;
  return () => {
    answers += 1;
    if (answers > 2) return listOf([]);
    const { body, status } = failure(429, 971, "Please wait");
    return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
  };
}

describe("an API that wants to be left alone", () => {
  it.each([
    ["seconds", { "retry-after": "20" }],
    ["a date", { "retry-after": new Date(START + 20_000).toUTCString() }],
  ])("is not asked again before the time that it says in %s", async (_what, headers) => {
    const { read, requests, pass } = paced(busy(headers));
    expect((await errorOf(read())).code).toBe("CLOUDFLARE_RATE_LIMITED");
    const sent = requests.length;
    pass(19_000);
    const error = await errorOf(read());
    expect(error.code).toBe("CLOUDFLARE_RATE_LIMITED");
    expect(error.message).toContain("another 1 s");
    expect(requests).toHaveLength(sent);
    pass(1_001);
    expect(await read()).toEqual([]);
  });

  it("is asked again at once when it says no time that can be read", async () => {
    const { read } = paced(busy({ "retry-after": "soon" }));
    expect((await errorOf(read())).code).toBe("CLOUDFLARE_RATE_LIMITED");
    expect(await read()).toEqual([]);
  });

  it("can't blind us for longer than its limit lasts, five minutes", async () => {
    const { read, pass } = paced(busy({ "retry-after": "86400" }));
    await errorOf(read());
    pass(300_001);
    expect(await read()).toEqual([]);
  });

  it("is left alone after an answer that says that it was the last one allowed", async () => {
    let left = 0;
    const answer = () => {
      const { body } = listOf([]);
      return new Response(body, {
        headers: { "content-type": "application/json", ratelimit: `"default";r=${left};t=30` },
      });
    };
    const { read, requests, pass } = paced(answer);
    expect(await read()).toEqual([]);
    const sent = requests.length;
    expect((await errorOf(read())).code).toBe("CLOUDFLARE_RATE_LIMITED");
    expect(requests).toHaveLength(sent);
    left = 49;
    pass(30_001);
    expect(await read()).toEqual([]);
    expect(await read()).toEqual([]);
  });
});
