import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { Message } from "../../../shared/world";
import { hostileTexts } from "../../adapters/pager/hostile";
import { readMail, valueOf } from "../../adapters/pager/mime";
import { ADDRESS, channel, env, noFetch, outcome, pagerOf } from "../../adapters/pager/people";
import { requirePart } from "../required";
import { EXIM, startExim, type Exim } from "./exim-rig";

const suite =
  requirePart("mail through a real server", EXIM, "exim4-daemon-light") &&
  requirePart("mail through a real server", "openssl", "openssl")
    ? describe
    : describe.skip;
const login = { user: "env:MAIL_USER", password: "env:MAIL_PASSWORD" };

suite("a mail server that anybody may use", () => {
  let exim: Exim;
  beforeAll(async () => {
    exim = await startExim({ open: true });
  });
  afterAll(() => exim.stop());

  const tell = (message: Message) => mailer(exim).tell(message);

  it("takes a message as one mail to one person", async () => {
    await tell({ text: "api-main is sick", incident: "inc-1", link: "https://switchover.test/gates/abc" });
    const [mail = ""] = await exim.mails();
    const { headers, parts } = readMail(mail);
    expect(valueOf(headers, "received")).toContain(`for ${ADDRESS};`);
    expect(valueOf(headers, "subject")).toBe("Shop Ltd: incident inc-1");
    expect(parts[0]?.text).toBe("api-main is sick\n\nhttps://switchover.test/gates/abc\n\nIncident inc-1\n");
  });

  it("makes one mail of each hostile text, to nobody else, without a header or a part of its own", async () => {
    const before = (await exim.mails()).length;
    const texts = hostileTexts(150, 2);
    for (const text of texts) await tell({ text });
    const mails = (await exim.mails()).slice(before).map(readMail);
    expect(mails).toHaveLength(texts.length);
    for (const { headers, parts } of mails) {
      expect(headers.map(([name]) => name).join()).toBe(
        "Received,Auto-Submitted,X-Auto-Response-Suppress,From,To,Subject,Message-ID," +
          "X-Priority,X-Msmail-Priority,Importance,Date,MIME-Version,Content-Type",
      );
      expect(valueOf(headers, "to")).toBe(`Ann Nowak <${ADDRESS}>`);
      expect(parts.map(({ type }) => type)).toEqual([
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
      ]);
      expect(parts[0]?.text.split("\n")).toHaveLength(2);
    }
    // One recipient each, in the envelope as the server's log has it.
    expect((await exim.log()).match(/ <= recovery@mail\.test /g)).toHaveLength(texts.length + 1);
    expect(await exim.log()).not.toContain("eve@");
  });
});

suite("a mail server that wants TLS and a login", () => {
  let exim: Exim;
  const trusted = getCACertificates("default");
  const known = { ...env };
  beforeAll(async () => {
    exim = await startExim();
  });
  afterAll(() => exim.stop());
  beforeEach(() => Object.assign(env, { MAIL_USER: "ann", MAIL_PASSWORD: "wonder land" }));
  afterEach(() => {
    Object.assign(env, known);
    setDefaultCACertificates(trusted);
  });

  it("takes the mail under TLS, after the login", async () => {
    setDefaultCACertificates([...trusted, exim.certificate]);
    await mailer(exim, login).tell({ text: "Hello" });
    const log = await exim.log();
    expect(log).toMatch(/ <= recovery@mail\.test .* P=esmtpsa .*A=plain:ann/);
  });

  it("gets no password before its certificate is believed", async () => {
    const said = await outcome(mailer(exim, login).tell({ text: "Hello" }));
    expect(said).toMatch(/email \((ETLS|ESOCKET|DEPTH_ZERO_SELF_SIGNED_CERT)\)/);
    expect(said).not.toContain("wonder");
  });

  it("refuses a wrong password, and the next channel is told", async () => {
    setDefaultCACertificates([...trusted, exim.certificate]);
    env.MAIL_PASSWORD = "wrong";
    const { tell, printed } = mailer(exim, login, [channel.email, channel.console]);
    await tell({ text: "Hello" });
    expect(printed[1]).toBe("ann was told by console, and not by email (the mail server answered 535)");
  });

  it("refuses a mail without a login", async () => {
    setDefaultCACertificates([...trusted, exim.certificate]);
    expect(await outcome(mailer(exim).tell({ text: "Hello" }))).toContain(
      "email (the mail server answered 550)",
    );
  });
});

function mailer({ port }: Exim, more = {}, channels: object[] = [channel.email]) {
  const server = `smtp://127.0.0.1:${port}`;
  return pagerOf(channels, noFetch, { server, from: "recovery@mail.test", ...more });
}
