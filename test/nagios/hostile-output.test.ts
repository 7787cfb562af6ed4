import * as fc from "fast-check";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { signatureVerifier } from "../../adapters/alert-signature";
import { cleanText } from "../../shared/alert/clean-text";
import { intake } from "../../shared/alert/intake";
import { closeEndpoints, startEndpoint, type Endpoint, type Received } from "./endpoint";
import { makeForwarder, problem, removeForwarders, SECRET, until, type Forwarder } from "./forwarder";

const PROPERTY_RUNS = process.env["SWITCHOVER_PROVE"] === "1" ? 200 : 25;
/** For a machine that proves several things at once. */
const PROOF_MS = 300_000;
const NAGIOS_CUTS_AT = 8192;

let endpoint: Endpoint;
let forwarder: Forwarder;

beforeAll(async () => {
  endpoint = await startEndpoint(() => 202);
  forwarder = await makeForwarder([endpoint.url]);
});

afterAll(async () => {
  await removeForwarders();
  await closeEndpoints();
});

/** What the endpoint got for one notification whose plugin said `output`. */
async function through(output: string | Buffer): Promise<Received> {
  const before = endpoint.received.length;
  const ran = await forwarder.notify({ ...problem, SERVICEOUTPUT: output });
  expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  await until("the notification", () => endpoint.received.length > before);
  return endpoint.received[before] as Received;
}

/** The bytes of the output as they were encoded, before any decoding to text. */
function outputBytes({ body }: Received): Buffer {
  const [, encoded = ""] = /(?:^|&)SERVICEOUTPUT=([^&]*)$/.exec(body.toString("latin1")) ?? [];
  return Buffer.from(unescape(encoded), "latin1");
}

function unescape(encoded: string): string {
  return encoded.replace(/%([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function outputOf(received: Received): string {
  const now = new Date(Number(received.headers["webhook-timestamp"]) * 1000).toISOString();
  const answer = intake(
    {
      contentLength: received.headers["content-length"] ?? null,
      contentType: received.headers["content-type"] ?? null,
      headers: { get: (name) => (received.headers[name] as string | undefined) ?? null },
      body: received.body,
    },
    { now, secrets: [signatureVerifier(SECRET)] },
  );
  if (!("alert" in answer)) throw new Error(JSON.stringify(answer));
  return answer.alert.output;
}

const hostile: [string, string | Buffer, string?][] = [
  ["quotes of every kind", `"orders" isn't \`id\` “up”`],
  ["an ending backslash", "C:\\queue\\temp\\"],
  ["command substitution", "$(touch pwned) ${HOME} $HOME `touch pwned`"],
  ["a leading @, which makes curl read a file", "@/etc/passwd"],
  ["a leading dash and options", "-o pwned --config pwned"],
  ["form syntax", "a=b&SERVICESTATE=OK&c=%41+%zz"],
  ["curl's configuration syntax", 'x"\noutput = "pwned"', 'x" output = "pwned"'],
  ["printf directives", "100% full %s %n \\0101 %b"],
  ["a wildcard", "* ? [a-z] ~root"],
  ["several lines", "first\nsecond\r\n\tthird", "first second third"],
  ["terminal sequences", "\u001b[2J\u001b[31mred\u0007", "[2J[31mred"],
  ["text that would read backwards", "paid \u202e001$\u2066 x", "paid 001$ x"],
  ["a macro that Nagios did not know", "$_SERVICEAPP$", ""],
  ["UTF-8", "żółć – ✓ 🐘"],
  ["Latin-1", Buffer.from("caf\u00e9 \u00fc", "latin1"), "caf\ufffd \ufffd"],
  ["only line breaks", "\n\n", ""],
];

test.each(hostile)(
  "carries %s unchanged, and shows it harmless",
  async (_, output, shown = output.toString()) => {
    const received = await through(output);
    expect(outputBytes(received)).toEqual(Buffer.from(output));
    expect(outputOf(received)).toBe(shown);
    await expect(access(join(process.cwd(), "pwned"))).rejects.toThrow("ENOENT");
  },
);

test(
  "carries any bytes that an environment variable can hold",
  async () => {
    const bytes = fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(bytes, async (output) => {
        const received = await through(Buffer.from(output));
        expect(outputBytes(received)).toEqual(Buffer.from(output));
        const text = new TextDecoder().decode(output);
        expect(outputOf(received)).toBe(/^\$(?:[\w:]*\$)?$/.test(text) ? "" : cleanText(text, 500));
      }),
      { numRuns: PROPERTY_RUNS, endOnFailure: true },
    );
  },
  PROOF_MS,
);

test("cuts nine kilobytes where Nagios cuts, and stays below the limit of the body at its worst", async () => {
  const long = "ż".repeat(4500);
  const worst = Object.fromEntries(Object.keys(problem).map((name) => [name, long]));
  const before = endpoint.received.length;
  const all = {
    ...worst,
    NOTIFICATIONCOMMENT: long,
    NOTIFICATIONAUTHOR: long,
    PROCESSSTARTTIME: long,
    SERVICEEVENTID: long,
  };
  await forwarder.notify(all);
  await until("the notification", () => endpoint.received.length > before);
  const received = endpoint.received[before] as Received;
  expect(outputBytes(received)).toEqual(Buffer.from(long).subarray(0, NAGIOS_CUTS_AT));
  expect(received.body.length).toBeLessThan(65_536);
});
