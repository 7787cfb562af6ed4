import { createHmac } from "node:crypto";
import { signAlert, signatureVerifier } from "../../adapters/alert-signature";

const body = Buffer.from("HOSTNAME=lb-1");
const bare = (signature: string) => signature.slice("v1,".length);

test("signs id, timestamp and body with the decoded key, as Standard Webhooks says", () => {
  // The example of the Standard Webhooks reference libraries.
  const signature = signAlert(
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "1614265330",
    '{"test": 2432232314}',
  );
  expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("takes any other text as the key itself", () => {
  const expected = createHmac("sha256", Buffer.from("zażółć whsec_x", "utf8"))
    .update("id.1.HOSTNAME=lb-1")
    .digest("base64");
  expect(signAlert("zażółć whsec_x", "id", "1", body)).toBe(`v1,${expected}`);
});

test("leaves out the line break that a file put after the secret", () => {
  expect(signAlert("secret\r\n", "id", "1", body)).toBe(signAlert("secret", "id", "1", body));
});

test("verifies what was signed, and nothing else", () => {
  const good = bare(signAlert("secret", "id", "1", body));
  const verify = signatureVerifier("secret");
  expect(verify("id", "1", body, good)).toBe(true);
  expect(verify("id2", "1", body, good)).toBe(false);
  expect(verify("id", "2", body, good)).toBe(false);
  expect(verify("id", "1", Buffer.from("HOSTNAME=lb-2"), good)).toBe(false);
  expect(signatureVerifier("secret2")("id", "1", body, good)).toBe(false);
});

test.each(["", "x", "=".repeat(44), "ż".repeat(44)])(
  "refuses the signature %j without a throw",
  (signature) => {
    expect(signatureVerifier("secret")("id", "1", body, signature)).toBe(false);
  },
);

test("refuses the right bytes in another spelling of base64", () => {
  const good = bare(signAlert("secret", "id", "1", body));
  expect(signatureVerifier("secret")("id", "1", body, good.replace(/=+$/, ""))).toBe(false);
  expect(signatureVerifier("secret")("id", "1", body, ` ${good}`)).toBe(false);
});

test.each([
  ["", /secret for alerts is empty/],
  ["\n", /secret for alerts is empty/],
  ["whsec_", /not base64/],
  ["whsec_a b", /not base64/],
  ["whsec_=", /not base64/],
])("refuses the secret %j when it is set, not when an alert comes", (secret, says) => {
  expect(() => signatureVerifier(secret)).toThrow(says);
});
