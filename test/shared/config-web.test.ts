import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { rawEstate } from "../adapters/estate";

const [ann, bo] = rawEstate().people;
const withWebhook = (webhook: string) => ({ people: [{ ...ann, webhook }, bo] });
const withChannel = (url: string) => ({ people: [{ ...ann, channels: [{ kind: "webhook", url }] }, bo] });
const withApi = (api: string) => ({ cloudflare: { ...rawEstate().cloudflare, api } });

function problems(change: object): string[] {
  try {
    parseEstate({ ...rawEstate(), ...change }, "my.yaml");
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

describe("addresses that carry what others must not read", () => {
  it.each([
    [
      'cloudflare.api: is "http://chat.test"; expected https://. The token would travel where others can read it.',
      withApi,
    ],
    [
      'baseUrl: is "http://chat.test"; expected https://. Links to decisions and one-time codes would travel where others can read them.',
      (baseUrl: string) => ({ baseUrl }),
    ],
    [
      'people[0].webhook: is "http://chat.test"; expected https://. Links to decisions would travel where others can read them.',
      withWebhook,
    ],
    [
      'people[0].channels[0].url: is "http://chat.test"; expected https://. Links to decisions would travel where others can read them.',
      withChannel,
    ],
  ])("%s", (sentence, change) => {
    expect(problems(change("http://u:canary@chat.test/canary?canary"))).toEqual([sentence]);
    for (const host of ["127.example.net", "localhost.example.net", "10.0.0.1", "[2001:db8::77]"])
      expect(problems(change(`http://${host}:8080/`))).toHaveLength(1);
  });

  it.each(["127.0.0.1:7072", "127.77.0.2", "localhost:7072", "[::1]:7072"])(
    "may go without TLS on this machine: %s",
    (host) => {
      for (const change of [withApi, withWebhook, withChannel, (baseUrl: string) => ({ baseUrl })])
        expect(problems(change(`http://${host}/x`))).toEqual([]);
    },
  );

  it("are not those of vantages, whose questions are signed and no secret", () => {
    const vantages = rawEstate().vantages.map((one) => ({ ...one, url: one.url.replace("https", "http") }));
    expect(problems({ vantages })).toEqual([]);
  });
});
