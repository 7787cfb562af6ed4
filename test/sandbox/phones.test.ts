import { TOTP } from "otpauth";
import { newCompany, pass, START } from "./clock";
import { testEstate, testSecrets } from "./estate";

const ann = testEstate().people[0]?.webhook ?? "";
const send = (company: ReturnType<typeof newCompany>, body: string, url = ann) =>
  company.fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });

test("what is sent to a person arrives on that person's phone only", async () => {
  const company = newCompany();
  pass(company, 1);
  expect(
    (await send(company, JSON.stringify({ text: "lb-1 is gone", link: "http://127.0.0.1:7071/g/1" }))).status,
  ).toBe(202);
  await send(company, JSON.stringify({ text: "still gone" }));
  expect(company.phones().map(({ person, messages }) => [person, messages])).toEqual([
    [
      "ann",
      [
        { at: "2026-01-01T00:00:01.000Z", text: "lb-1 is gone", link: "http://127.0.0.1:7071/g/1" },
        { at: "2026-01-01T00:00:01.000Z", text: "still gone", link: null },
      ],
    ],
    ["bo", []],
    ["cy", []],
  ]);
  company.reset();
  expect(company.phones()[0]?.messages).toEqual([]);
});

test("each phone shows the one-time code of the moment", () => {
  const company = newCompany();
  const codeAt = (timestamp: number) =>
    new TOTP({ secret: testSecrets("env:TOTP_ANN") }).generate({ timestamp });
  expect(company.phones()[0]?.code).toBe(codeAt(Date.parse(START)));
  pass(company, 30);
  expect(company.phones()[0]?.code).toBe(codeAt(Date.parse(START) + 30_000));
});

test("refuses what is no message, and is silent when the phones are cut off", async () => {
  const company = newCompany();
  expect((await send(company, "hello")).status).toBe(400);
  expect((await send(company, JSON.stringify({ text: "" }))).status).toBe(400);
  expect((await company.fetch(ann)).status).toBe(405);
  company.cut("phones");
  await expect(send(company, JSON.stringify({ text: "x" }))).rejects.toMatchObject({
    cause: { code: "UND_ERR_CONNECT_TIMEOUT" },
  });
  company.mend("phones");
  expect((await send(company, JSON.stringify({ text: "x" }))).status).toBe(202);
  expect(company.phones()[0]?.messages).toHaveLength(1);
});
