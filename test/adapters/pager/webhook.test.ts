import { estatePager } from "../../../adapters/pager/channels";
import { textOf } from "../../../shared/errors";
import { fakeFetch, neverAnswers, testEstate } from "../estate";

const estate = testEstate();
const webhookPager = (parts: { fetch: typeof globalThis.fetch }) =>
  estatePager({ estate, secrets: () => "", ...parts });
const ok = () => new Response("thanks");

async function failureOf(fetch: typeof globalThis.fetch): Promise<string> {
  return webhookPager({ fetch })
    .tell("ann", { text: "Hello" })
    .then(() => "delivered", textOf);
}

it("posts the text and the link to the person's own webhook", async () => {
  const { fetch, requests } = fakeFetch(ok);
  await webhookPager({ fetch }).tell("bo", { text: "Decide", link: "https://switchover.test/d/abc" });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    method: "POST",
    url: "https://chat.test/hook/bo-secret",
    redirect: "manual",
  });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    text: "Decide",
    link: "https://switchover.test/d/abc",
    severity: "critical",
  });
});

it("says which incident it is about, and how bad it is", async () => {
  const { fetch, requests } = fakeFetch(ok);
  const about = { incident: "inc-1", severity: "warning", kind: "ask" } as const;
  await webhookPager({ fetch }).tell("bo", { text: "Decide", ...about });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ text: "Decide", ...about });
});

it.each([
  "https://evil.test/d/abc",
  "https://switchover.test.evil.test/",
  "https://switchover.testament.test/",
  "https://ann@switchover.test/d",
  "http://switchover.test/d",
  "javascript:alert(1)",
  "//evil.test",
])("leaves out the link %s, which does not lead to us, and says so", async (link) => {
  const { fetch, requests } = fakeFetch(ok);
  await webhookPager({ fetch }).tell("ann", { text: "Hello", link });
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    text: "Hello (A link was left out: it is not ours.)",
    severity: "critical",
  });
});

it("leaves the link out when there is none", async () => {
  const { fetch, requests } = fakeFetch(ok);
  await webhookPager({ fetch }).tell("ann", { text: "Hello" });
  expect(requests[0]?.body).toBe('{"text":"Hello","severity":"critical"}');
});

it("sends no control characters, no reversed text, and 2,000 characters at most", async () => {
  const { fetch, requests } = fakeFetch(ok);
  const pager = webhookPager({ fetch });
  await pager.tell("ann", { text: "a\u001b[31mred\r\nforged\u0000 \u202egnp.exe\u2028" });
  await pager.tell("ann", { text: "🚒".repeat(1_500) });
  const [first, second] = requests.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  expect(first).toBe("a[31mred forged gnp.exe");
  expect(second?.length).toBeLessThanOrEqual(2_000);
  expect(second).toMatch(/^🚒+…$/u);
});

it.each([404, 500, 302])(
  "fails on status %i, with the person's name and nothing of the address",
  async (status) => {
    const said = await failureOf(fakeFetch(() => new Response("no", { status })).fetch);
    expect(said).toMatch(/^PAGER_FAILED: The message to ann/);
    expect(said).not.toContain("chat.test");
  },
);

it("fails when the connection does, and does not quote the address", async () => {
  const refused = () =>
    Promise.reject(new TypeError("Failed to parse URL from https://chat.test/hook/ann-secret"));
  const said = await failureOf(refused);
  expect(said).toMatch(/^PAGER_FAILED: The message to ann/);
  expect(said).not.toContain("ann-secret");
});

it("fails for somebody who is not in the configuration", async () => {
  const { fetch, requests } = fakeFetch(ok);
  await expect(webhookPager({ fetch }).tell("eve", { text: "x" })).rejects.toMatchObject({
    code: "PAGER_FAILED",
  });
  expect(requests).toEqual([]);
});

it("stops waiting after 5 seconds", async () => {
  jest.useFakeTimers();
  try {
    const said = failureOf(neverAnswers);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await said).toContain("no answer within 5 s");
  } finally {
    jest.useRealTimers();
  }
});
