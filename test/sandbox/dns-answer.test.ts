import { decode, encode, type DecodedPacket, type Packet } from "dns-packet";
import { dnsAnswer } from "../../sandbox/dns-answer";
import type { TrueRecord } from "../../sandbox/types";
import { initialRecords } from "../../sandbox/zone";
import { testEstate } from "./estate";

const estate = testEstate();
const [proxied] = initialRecords(estate);
const unproxied: TrueRecord = {
  id: "1",
  name: "shop.example.com",
  type: "A",
  content: "127.77.1.20",
  proxied: false,
  ttl: 60,
};

/** Over the wire and back, as a resolver gets it. */
function ask(
  name: string,
  type: "A" | "AAAA" | "TXT",
  records: TrueRecord[] = proxied ? [proxied] : [],
  flags = 0,
): DecodedPacket {
  const query: Packet = { type: "query", id: 7, flags, questions: [{ name, type }] };
  return decode(encode(dnsAnswer(estate, records, decode(encode(query)))));
}

test("a proxied name leads to the edge for 300 seconds, with authority", () => {
  expect(ask("shop.example.com", "A")).toMatchObject({
    id: 7,
    rcode: "NOERROR",
    flag_aa: true,
    answers: [{ name: "shop.example.com", type: "A", ttl: 300, data: "127.77.0.10" }],
  });
});

test("an unproxied name leads to its content for its TTL; automatic is 300", () => {
  expect(ask("SHOP.example.com", "A", [unproxied]).answers).toMatchObject([{ ttl: 60, data: "127.77.1.20" }]);
  expect(ask("shop.example.com", "A", [{ ...unproxied, ttl: 1 }]).answers).toMatchObject([{ ttl: 300 }]);
  expect(ask("shop.example.com", "A", [{ ...unproxied, ttl: 3600 }]).answers).toMatchObject([{ ttl: 3600 }]);
});

test("one proxied record makes the whole name proxied", () => {
  const both = [unproxied, { ...unproxied, id: "2", content: "127.77.1.30", proxied: true }];
  expect(ask("shop.example.com", "A", both).answers).toMatchObject([{ data: "127.77.0.10" }]);
});

test("says no such name, no such type and not my zone apart, and how long to remember it", () => {
  expect(ask("nobody.example.com", "A")).toMatchObject({
    rcode: "NXDOMAIN",
    answers: [],
    authorities: [{ type: "SOA", ttl: 5 }],
  });
  expect(ask("shop.example.com", "AAAA")).toMatchObject({
    rcode: "NOERROR",
    answers: [],
    authorities: [{ type: "SOA" }],
  });
  expect(ask("shop.example.com", "TXT")).toMatchObject({ rcode: "NOERROR", answers: [] });
  expect(ask("example.org", "A")).toMatchObject({ rcode: "REFUSED", authorities: [] });
  expect(ask("notexample.com", "A")).toMatchObject({ rcode: "REFUSED" });
});

test("does nothing but answer ordinary queries", () => {
  const update = 5 << 11;
  expect(ask("shop.example.com", "A", undefined, update)).toMatchObject({ rcode: "NOTIMP", answers: [] });
});
