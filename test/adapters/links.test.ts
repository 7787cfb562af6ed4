import { createHash } from "node:crypto";
import { hmacLinks } from "../../adapters/links";

const SECRET = "0123456789abcdef0123456789abcdef";
const links = hmacLinks({ secret: () => SECRET });

it("gives the same link for the same gate and person, on every machine", () => {
  expect(links.token("i1", "g1", "ann")).toBe(hmacLinks({ secret: () => SECRET }).token("i1", "g1", "ann"));
  expect(links.token("i1", "g1", "ann")).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

it("gives another link for another incident, gate, person or secret", () => {
  const all = [
    links.token("i1", "g1", "ann"),
    links.token("i2", "g1", "ann"),
    links.token("i1", "g2", "ann"),
    links.token("i1", "g1", "bo"),
    hmacLinks({ secret: () => `${SECRET}x` }).token("i1", "g1", "ann"),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it("is not confused by where one part ends and the next begins", () => {
  expect(links.token("i", "1g", "ann")).not.toBe(links.token("i1", "g", "ann"));
  expect(links.token("i", 'g","x', "ann")).not.toBe(links.token("i", "g", 'x","ann'));
});

it("never lets a form's secret pass for a link, or the stored hash for either", () => {
  const token = links.token("i1", "g1", "ann");
  expect(links.formToken(token)).not.toBe(token);
  expect(links.formToken(token)).toBe(links.formToken(token));
  expect(links.formToken('["i1","g1","ann"]')).not.toBe(token);
  expect(links.formToken(links.token("i1", "g1", "bo"))).not.toBe(links.formToken(token));
  expect(links.hashOf(token)).toBe(createHash("sha256").update(token).digest("hex"));
});

it("asks for the secret only when it makes something, and refuses a short one", () => {
  const short = hmacLinks({ secret: () => "short" });
  expect(() => short.token("i1", "g1", "ann")).toThrow("SECRET_TOO_SHORT");
  expect(() => short.token("i1", "g1", "ann")).not.toThrow(/"short"/);
  expect(short.hashOf("x")).toHaveLength(64);
});
