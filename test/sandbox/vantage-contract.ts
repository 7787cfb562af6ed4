import type { Probe } from "../../shared/probe";
import { questions } from "../../shared/questions";
import { SIGNATURE_HEADER, signatureOf } from "../../sandbox/signature";
import { eventually, observe, type Body } from "./body";

/**
 * What a vantage promises whoever asks it: the one in memory, and the program that a company installs. Needs warsaw,
 * dublin, api-main.
 */
export function vantageContract(name: string, body: () => Body): void {
  describe(`${name}: a vantage`, () => {
    looks(body);
    refusesStrangers(body);
    refusesTargets(body);
    refusesNonsense(body);
  });
}

function looks(body: () => Body): void {
  test("answers a signed question with what it saw, and who answered", async () => {
    await body().reset();
    await eventually(
      body(),
      async () => kindOf(await observe(body(), "warsaw", [direct(body())])),
      "answered",
    );
    expect(await observe(body(), "warsaw", [direct(body())])).toEqual({
      vantage: "warsaw",
      results: [
        { id: "a", kind: "answered", status: 200, by: "api-main", tookMs: expect.any(Number) as number },
      ],
    });
  });

  test("looks at everything that its configuration asks", async () => {
    const probes = questions(body().estate).map((one) => one.probe);
    const { results } = await observe(body(), "dublin", probes);
    expect(results.map((one) => [one.id, one.kind])).toEqual(
      probes.map((one) => [one.id, one.kind === "dns" ? "resolved" : "answered"]),
    );
  });

  test("says why it saw nothing, and for how long it tried", async () => {
    await body().cut("api-main");
    const [seen] = (await observe(body(), "dublin", [direct(body())], 700)).results;
    expect(seen).toMatchObject({
      kind: "failed",
      reason: expect.stringMatching(/^no (connection|answer) within 700 ms$/) as string,
    });
    expect(seen?.tookMs).toBeGreaterThan(690);
    await body().mend("api-main");
  });
}

function refusesStrangers(body: () => Body): void {
  test.each<[string, (question: string) => Record<string, string>]>([
    ["without a signature", () => ({})],
    ["with somebody else's secret", (question) => signed(body(), question, { secret: "guessed" })],
    ["signed over another body", (question) => signed(body(), `${question} `)],
    ["signed five minutes and more ago", (question) => signed(body(), question, { agoMs: 305_000 })],
    ["signed in the future", (question) => signed(body(), question, { agoMs: -305_000 })],
    ["with a signature in another form", () => ({ [SIGNATURE_HEADER]: "v1=0" })],
  ])("refuses a question %s with 401", async (_, headers) => {
    const question = JSON.stringify({ probes: [direct(body())], timeoutMs: 1_000 });
    expect((await ask(body(), question, headers(question))).status).toBe(401);
  });

  test("takes a signature of four minutes ago", async () => {
    const question = JSON.stringify({ probes: [direct(body())], timeoutMs: 1_000 });
    expect((await ask(body(), question, signed(body(), question, { agoMs: 240_000 }))).status).toBe(200);
  });
}

function refusesTargets(body: () => Body): void {
  test.each<[string, (good: Probe) => object]>([
    ["an address outside its configuration", (good) => ({ ...good, address: "127.0.0.1" })],
    ["another port", (good) => ({ ...good, port: 22 })],
    ["another name", (good) => ({ ...good, hostname: "internal.example.com" })],
    ["another path", (good) => ({ ...good, path: "/admin" })],
    ["a kind that it does not know", (good) => ({ ...good, kind: "ping" })],
    [
      "a name server that is none of ours",
      ({ hostname }) => ({ kind: "dns", hostname, dns: [{ address: "127.0.0.1", port: 53 }] }),
    ],
  ])("does not look at %s, says so, and looks at the rest", async (_, strange) => {
    const good = direct(body());
    const probes = [good, { ...strange(good), id: "strange" }] as Probe[];
    const { results } = await observe(body(), "warsaw", probes);
    expect(results).toMatchObject([
      { id: "a", kind: "answered" },
      { id: "strange", kind: "refused", reason: expect.stringContaining("configuration") as string },
    ]);
  });
}

function refusesNonsense(body: () => Body): void {
  test("says that it is none, of a question that is none", async () => {
    const nonsense = ["{", "[]", JSON.stringify({ probes: [{ ...direct(body()), id: 1 }], timeoutMs: 1 })];
    for (const text of nonsense)
      expect([text, (await ask(body(), text, signed(body(), text))).status]).toEqual([text, 400]);
  });

  test("has nothing else to ask for", async () => {
    const question = JSON.stringify({ probes: [direct(body())], timeoutMs: 1_000 });
    expect((await ask(body(), question, signed(body(), question), "/api/incidents")).status).toBe(404);
    expect((await ask(body(), question, signed(body(), question), "/api/observe", "GET")).status).toBe(404);
  });
}

function direct({ estate }: Body): Probe {
  const { hostname, customerPath: path } = estate.service;
  const server = estate.servers.find((one) => one.name === "api-main");
  return { id: "a", kind: "direct", address: server?.address ?? "", port: server?.port ?? 0, hostname, path };
}

function kindOf({ results }: Awaited<ReturnType<typeof observe>>): string | undefined {
  return results[0]?.kind;
}

function signed(
  body: Body,
  question: string,
  { secret = body.secrets("env:VANTAGE_SECRET"), agoMs = 0 } = {},
): Record<string, string> {
  return { [SIGNATURE_HEADER]: signatureOf(question, secret, body.nowMs() - agoMs) };
}

function ask(
  body: Body,
  question: string,
  headers: Record<string, string>,
  path = "/api/observe",
  method = "POST",
): Promise<Response> {
  const warsaw = body.estate.vantages.find((one) => one.name === "warsaw");
  const sent = method === "GET" ? {} : { body: question };
  return body.fetch(`${warsaw?.url}${path}`, { method, headers, ...sent });
}
