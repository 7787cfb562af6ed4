import { cloudflareZone } from "../../adapters/cloudflare-zone";
import { errorOf, failure, json, ZONE } from "./cloudflare-answers";
import { fakeFetch, testEstate } from "./estate";

function zone(answer: (request: Request) => Response) {
  const { fetch, requests } = fakeFetch(answer);
  return { port: cloudflareZone({ estate: testEstate(), token: () => "the-token", fetch }), requests };
}
const result = (value: object) => json({ success: true, errors: [], messages: [], result: value });
const level = (value: string) => result({ id: "security_level", value, editable: true, modified_on: null });
const SETTING = `https://api.cloudflare.test/client/v4/zones/${ZONE}/settings/security_level`;

describe("the zone's security level", () => {
  it("is read from its own path", async () => {
    const { port, requests } = zone(() => level("medium"));
    expect(await port.securityLevel()).toBe("medium");
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${SETTING}`]);
  });

  it("is set by one PATCH with the value alone", async () => {
    const { port, requests } = zone(() => level("under_attack"));
    await port.setSecurityLevel("under_attack");
    expect(requests).toMatchObject([{ method: "PATCH", url: SETTING }]);
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ value: "under_attack" });
  });

  it.each([
    ["another level", level("high")],
    ["another setting", result({ id: "ssl", value: "under_attack" })],
    ["nothing", json({ success: true, errors: [], messages: [], result: null })],
  ])("is not taken for set when %s is confirmed", async (_what, answer) => {
    const { port } = zone(() => answer);
    expect((await errorOf(port.setSecurityLevel("under_attack"))).code).toBe("CLOUDFLARE_UNCLEAR_ANSWER");
  });

  it("says that the token may not do this", async () => {
    const { port } = zone(() => failure(403, 9_109, "Unauthorized to access requested resource"));
    expect((await errorOf(port.setSecurityLevel("medium"))).code).toBe("CLOUDFLARE_TOKEN_REFUSED");
  });
});

describe("the zone", () => {
  it.each([true, false])("says whether it is paused: %p", async (paused) => {
    const { port } = zone(() => result({ id: ZONE, name: "example.com", paused }));
    expect(await port.paused()).toBe(paused);
  });

  it("is not judged by what is said of another one", async () => {
    const { port } = zone(() => result({ id: "f".repeat(32), paused: false }));
    expect((await errorOf(port.paused())).code).toBe("CLOUDFLARE_UNCLEAR_ANSWER");
  });

  it("gives all its records as a zone file", async () => {
    const text = ";; A Records\nshop.example.com.\t1\tIN\tA\t192.0.2.20\n";
    const { port, requests } = zone(() => new Response(text, { headers: { "content-type": "text/plain" } }));
    expect(await port.exportRecords()).toBe(text);
    expect(requests[0]?.url).toBe(`https://api.cloudflare.test/client/v4/zones/${ZONE}/dns_records/export`);
  });

  it("does not take an empty answer for a zone without records", async () => {
    const { port } = zone(() => new Response("", { headers: { "content-type": "text/plain" } }));
    expect((await errorOf(port.exportRecords())).code).toBe("CLOUDFLARE_UNCLEAR_ANSWER");
  });
});
