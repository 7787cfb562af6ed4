import { controlApi } from "../../sandbox/real/control";
import type { RealCompany } from "../../sandbox/real/real-company";

/** Nothing that is refused may reach the company. */
const unreachable = async (): Promise<RealCompany> => {
  throw new Error("reached the company");
};
const ask = (method: string, url: string, headers: Record<string, string>, body = "") =>
  controlApi(unreachable)({ method, url, headers: { host: "127.0.0.1:7072", ...headers }, body });

test.each([
  ["a name that leads here", { host: "evil.example:7072" }],
  ["a name that begins like this machine", { host: "127.0.0.1.evil.example" }],
  ["another page in the same browser", { origin: "http://evil.example" }],
  ["another port of this machine", { origin: "http://127.0.0.1:8000" }],
])("refuses what is asked from %s", async (_, headers) => {
  const answer = await ask("POST", "/faults/edge-down", headers);
  expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
    403,
    { what: expect.any(String), hint: expect.any(String) },
  ]);
});

test("its own page, and programs without a page, come through", async () => {
  for (const headers of [
    {},
    { origin: "http://127.0.0.1:7072" },
    { host: "localhost:7072", origin: "http://localhost:7072" },
  ]) {
    await expect(ask("POST", "/faults/edge-down", headers)).rejects.toThrow("reached the company");
  }
});

test("a route that is none is told the routes that are", async () => {
  for (const [method, path] of [
    ["GET", "/fault"],
    ["POST", "/faults/"],
    ["DELETE", "/reset"],
  ] as const) {
    const answer = await ask(method, path, {});
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      404,
      { value: `${method} ${path}`, hint: expect.stringContaining("POST /reset") },
    ]);
  }
});

test("an address that is not one is refused as such", async () => {
  expect((await ask("POST", "/faults/%E0%A4%A", {})).status).toBe(404);
});
