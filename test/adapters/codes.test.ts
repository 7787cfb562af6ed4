import { createHmac } from "node:crypto";
import { totpCodes } from "../../adapters/codes";
import { textOf } from "../../shared/errors";
import { testEstate } from "./estate";

/** RFC 6238, appendix B: the secret "12345678901234567890" and what it gives, cut to six digits. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const rfc: [number, string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

function codes(seconds: number, secret = RFC_SECRET) {
  return totpCodes({
    estate: testEstate(),
    secrets: () => secret,
    now: () => new Date(seconds * 1_000).toISOString(),
  });
}

/** The same computation written again, from RFC 4226 §5.3. */
function codeOf(step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", "12345678901234567890").update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

it.each(rfc)("accepts the standard's own code at %i s, and says its step", (seconds, code) => {
  expect(codes(seconds).stepOf("ann", code)).toBe(Math.floor(seconds / 30));
});

it("says the step of the code, not of the clock, one step early and late", () => {
  const step = 60_000_000;
  const seen = [-2, -1, 0, 1, 2].map((off) => codes(step * 30 + 10).stepOf("ann", codeOf(step + off)));
  expect(seen).toEqual([undefined, step - 1, step, step + 1, undefined]);
});

it("ignores the spaces that people and apps put between digits", () => {
  expect(codes(59).stepOf("ann", " 287 082 ")).toBe(1);
});

it.each(["287083", "", "28708", "2870822", "28708a", "２８７０８２", "-87082", "1e5000"])(
  "knows %p for wrong",
  (code) => {
    expect(codes(59).stepOf("ann", code)).toBeUndefined();
  },
);

it("knows no right code for somebody who is not in the configuration", () => {
  expect(codes(59).stepOf("eve", "287082")).toBeUndefined();
});

it.each(["not base32 !1", "ABC", ""])(
  "says that the secret %p can't be read, and does not quote it",
  (secret) => {
    let said = "";
    try {
      codes(59, secret).stepOf("ann", "287082");
    } catch (thrown) {
      said = textOf(thrown);
    }
    expect(said).toMatch(/^CODE_SECRET_UNREADABLE: .*ann/);
    if (secret !== "") expect(said).not.toContain(secret);
  },
);
