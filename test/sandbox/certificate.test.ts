import { memoryBody, type Body } from "./body";
import { certificateContract } from "./certificate-contract";
import { testEstate, tlsRawEstate } from "./estate";

let body: Body;
beforeEach(() => {
  body = memoryBody(testEstate(tlsRawEstate));
});

certificateContract("in memory", () => body);

test("a company whose customers speak no TLS has no certificate to break", async () => {
  const plain = memoryBody(testEstate());
  await expect(plain.break("certificate-expired")).rejects.toMatchObject({
    detail: { what: "it has no certificate" },
  });
});
