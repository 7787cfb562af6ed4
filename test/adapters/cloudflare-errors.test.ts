import { RecoveryError } from "../../shared/errors";
import { HOSTNAME, errorOf, failure, listOf, record, records } from "./cloudflare-answers";
import { neverAnswers } from "./estate";

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
