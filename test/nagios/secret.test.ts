import * as fc from "fast-check";
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { signatureVerifier } from "../../adapters/alert-signature";
import { closeEndpoints, startEndpoint, type Endpoint, type Received } from "./endpoint";
import { kill, makeForwarder, problem, removeForwarders, SECRET, until } from "./forwarder";

const SECRETS_TRIED = process.env["SWITCHOVER_PROVE"] === "1" ? 100 : 15;
/** For a machine that proves several things at once. */
const PROOF_MS = 300_000;

let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await startEndpoint(() => 202);
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

async function deliveredWith(secret: string): Promise<Received> {
  const before = endpoint.received.length;
  const forwarder = await makeForwarder([endpoint.url], { secret });
  await forwarder.notify(problem);
  await until(`a delivery signed with ${JSON.stringify(secret)}`, () => endpoint.received.length > before);
  return endpoint.received[before] as Received;
}

function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const [id = "", timestamp = "", signature = ""] = ["id", "timestamp", "signature"].map((each) =>
    String(headers[`webhook-${each}`]),
  );
  return signatureVerifier(secret)(id, timestamp, body, signature.slice(3));
}

const key = fc.uint8Array({ minLength: 1, maxLength: 150 }).map((bytes) => Buffer.from(bytes));
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 90 })
  .filter((each) => !/[\r\n\0]|^whsec_/.test(each));

test(
  "signs as node:crypto does, with any secret",
  async () => {
    const secrets = fc.oneof(
      key.map((bytes) => `whsec_${bytes.toString("base64")}`),
      key.map((bytes) => `whsec_${bytes.toString("base64url")}`),
      text,
    );
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        expect(isSignedWith(secret, await deliveredWith(secret))).toBe(true);
      }),
      {
        numRuns: SECRETS_TRIED,
        endOnFailure: true,
        examples: [["whsec_AAAA"], ["whsec_JSUlXFwA"], ["-n %s \\0101"], ["k".repeat(64)], ["k".repeat(65)]],
      },
    );
  },
  PROOF_MS,
);

test.each(["\n", "\r\n", ""])("reads a secret file that ends with %j", async (end) => {
  expect(isSignedWith(SECRET, await deliveredWith(`${SECRET}${end}`))).toBe(true);
});

test.each(["", "\n", "whsec_"])(
  "keeps the notification and says why when the secret is %j",
  async (secret) => {
    const forwarder = await makeForwarder([endpoint.url], { secret });
    await forwarder.notify(problem);
    await until("the reason in the log", async () =>
      (await forwarder.log()).includes("there is no usable secret in"),
    );
    expect(await forwarder.files("queue")).toHaveLength(1);
    expect(endpoint.received).toEqual([]);
  },
);

/** Everything that ps or another user's tools could show of the processes that exist now. */
async function visible(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const seen = await Promise.all(
    pids.flatMap((pid) =>
      ["cmdline", "environ"].map((file) => readFile(`/proc/${pid}/${file}`, "latin1").catch(() => "")),
    ),
  );
  return seen;
}

const secretForms = [
  SECRET,
  SECRET.slice(6),
  Buffer.from(SECRET.slice(6), "base64").toString("hex"),
  Buffer.from(SECRET.slice(6), "base64").toString("latin1"),
];
const shows = (seen: string[]) => secretForms.some((form) => seen.some((each) => each.includes(form)));

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("shows the secret on no command line and in no environment, at any moment of the way", async () => {
  const moments: string[] = [];
  const seen = (begins: string) => moments.some((each) => each.startsWith(begins));
  // A process that lives for a millisecond is not caught each time, least of all on a busy machine.
  const caughtAll = () => seen("openssl\0dgst") && seen("curl\0-q\0--config\0-");
  for (let n = 0; n < 5 || (n < 60 && !caughtAll()); n += 1) {
    const forwarder = await makeForwarder([endpoint.url]);
    const notified = forwarder.notify(problem);
    await until(
      "the delivery",
      async () => {
        moments.push(...(await visible()));
        return endpoint.received.length === n + 1;
      },
      0,
    );
    await notified;
  }
  expect(moments.some((each) => each.includes("switchover-deliver"))).toBe(true);
  expect(caughtAll()).toBe(true);
  expect(shows(moments)).toBe(false);
});

onLinux("would notice a secret on a command line", async () => {
  const careless = spawn("sh", ["-c", "sleep 30; :", SECRET], { stdio: "ignore" });
  await until("the careless process", async () => shows(await visible()));
  kill(careless.pid);
});
