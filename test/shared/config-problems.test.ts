import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { rawEstate } from "../adapters/estate";

const [ann] = rawEstate().people;
const { cloudflare } = rawEstate();
const mail = { server: "smtp://mail.test", from: "recovery@mail.test" };
const withChannel = (channel: unknown) => ({ people: [{ ...ann, channels: [channel] }] });

/** What is wrong with a good estate of which these sections say something else. */
function problems(change: object): string[] {
  try {
    parseEstate({ ...rawEstate(), ...change }, "my.yaml");
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

describe("saying only the kind of what may be a secret", () => {
  it.each<[string, (canary: unknown) => object]>([
    ["nagios", (nagios) => ({ nagios })],
    ["cloudflare", (token) => ({ cloudflare: token })],
    ["cloudflare.zone", (zone) => ({ cloudflare: { ...cloudflare, zone } })],
    ["auth", (auth) => ({ auth })],
    ["auth.easyAuth", (easyAuth) => ({ auth: { easyAuth } })],
    ["mail", (password) => ({ mail: password })],
    ["people[0]", (person) => ({ people: [person] })],
    ["people[0].entra", (entra) => ({ people: [{ ...ann, entra }] })],
    ["vantages[1]", (vantage) => ({ vantages: [rawEstate().vantages[0], vantage] })],
    ["policy.windows", (windows) => ({ policy: { windows } })],
  ])("where a section belongs: %s", (path, change) => {
    expect(problems(change("canary"))).toEqual([`${path}: is a text; expected a section with settings.`]);
    expect(problems(change(271_828))).toEqual([`${path}: is a number; expected a section with settings.`]);
  });

  it.each(["vantages", "people", "servers"])("where a list belongs: %s", (path) => {
    expect(problems({ [path]: "canary" })).toEqual([`${path}: is a text; expected a list.`]);
  });

  it.each<[string, (canary: unknown) => object]>([
    ["cloudflare.token", (token) => ({ cloudflare: { ...cloudflare, token } })],
    ["nagios.secret", (secret) => ({ nagios: { secret } })],
    ["auth.apiKey", (apiKey) => ({ auth: { apiKey } })],
    ["mail.server", (server) => ({ mail: { ...mail, server } })],
    ["mail.user", (user) => ({ mail: { ...mail, user, password: "env:P" } })],
    ["mail.password", (password) => ({ mail: { ...mail, user: "env:U", password } })],
    ["people[0].totp", (totp) => ({ people: [{ ...ann, totp }] })],
    ["people[0].webhook", (webhook) => ({ people: [{ ...ann, webhook }] })],
    ["people[0].channels[0]", withChannel],
    ["people[0].channels[0].webhook", (webhook) => withChannel({ kind: "slack", webhook })],
    ["people[0].channels[0].routingKey", (routingKey) => withChannel({ kind: "pagerduty", routingKey })],
    ["people[0].channels[0].url", (url) => withChannel({ kind: "webhook", url })],
  ])("where a secret stands instead of a reference to it: %s", (path, change) => {
    const [text, number, section] = ["canary", 271_828, { canary: "canary" }].map((each) =>
      problems(change(each)),
    );
    expect(text?.[0]).toMatch(`${path}: is a text (not shown); expected `);
    expect(number?.[0]).toMatch(`${path}: is a number (not shown); expected `);
    if (path !== "people[0].channels[0]") expect(section?.[0]).toMatch(`${path}: is a section; expected `);
    expect([text, number, section].map((lines) => lines?.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify([text, number, section])).not.toMatch(/canary|271/);
  });

  it("where the kind of a channel belongs, unless it may be a misspelt one", () => {
    for (const kind of ["https://chat.test/canary", "c4n4ry", "canarycanarycanary"])
      expect(problems(withChannel({ kind }))[0]).toMatch(
        /^people\[0\]\.channels\[0\]\.kind: is a text \(not shown\); expected one of email, /,
      );
    expect(problems(withChannel({ kind: "emial" }))[0]).toContain('is "emial"');
  });

  it.each([
    ["baseUrl", '"https://…@ops.test:99999/x?…"', (url: string) => ({ baseUrl: url })],
    [
      "cloudflare.api",
      '"https://…@ops.test:99999/x?…"',
      (api: string) => ({ cloudflare: { ...cloudflare, api } }),
    ],
  ])("in an address: %s", (path, shown, change) => {
    expect(problems(change("https://ops:can/ary@canary@ops.test:99999/x?code=canary"))).toEqual([
      `${path}: is ${shown}; expected an address such as "https://example.com".`,
    ]);
  });
});

it("shows what is no secret, so that it can be found in the file", () => {
  const service = { ...rawEstate().service, port: "80" };
  expect(problems({ service })).toEqual(['service.port: is "80"; expected a number.']);
  expect(problems({ company: true })).toEqual(["company: is true; expected text."]);
  expect(problems({ nagios: true })).toEqual(["nagios: is true; expected a section with settings."]);
});
