import { emailChannel, mailTransport } from "../../../adapters/pager/email";
import type { Mail } from "../../../shared/estate";
import type { Message } from "../../../shared/world";
import { readMail, valueOf } from "./mime";
import { ADDRESS, channel, env, noFetch, outcome, pagerOf } from "./people";
import { smtpServer, type SmtpOptions } from "./smtp-server";

const LINK = "https://switchover.test/gates/abc";
const decide = { text: "api-main is sick", link: LINK, incident: "inc-1", kind: "ask" } as const;
const login = { user: "env:MAIL_USER", password: "env:MAIL_PASSWORD" };

let stop = async () => undefined as void;
afterEach(() => stop());

async function server(options?: SmtpOptions) {
  const started = await smtpServer(options);
  stop = () => started.stop();
  const mail = { server: `smtp://127.0.0.1:${started.port}`, from: "recovery@mail.test" };
  const tell = (message: Message, channels: object[] = [channel.email], more = {}) =>
    pagerOf(channels, noFetch, { ...mail, ...more }).tell(message);
  return { ...started, mail, tell };
}

async function mailsOf(...messages: Message[]) {
  const { mails, wrong, tell } = await server();
  for (const message of messages) await tell(message);
  expect(wrong).toEqual([]);
  return mails.map((one) => ({ ...one, ...readMail(one.text) }));
}

it("sends one mail with a plain part and an HTML part of the same data, and no link but ours", async () => {
  const [mail] = await mailsOf(decide);
  expect(mail).toMatchObject({ from: "recovery@mail.test", to: [ADDRESS] });
  expect(mail?.parts).toEqual([
    { type: "text/plain; charset=utf-8", text: `api-main is sick\n\n${LINK}\n\nIncident inc-1\n` },
    { type: "text/html; charset=utf-8", text: expect.stringContaining("<p>api-main is sick</p>") },
  ]);
  expect(mail?.parts[1]?.text.match(/<a [^>]*>[^<]*<\/a>/g)).toEqual([
    `<a href="${LINK}">Open Switchover</a>`,
  ]);
});

it("has these headers and no others", async () => {
  const [mail] = await mailsOf(decide);
  const headers = Object.fromEntries(mail?.headers ?? []);
  expect(headers).toMatchObject({
    From: "Switchover <recovery@mail.test>",
    To: `Ann Nowak <${ADDRESS}>`,
    Subject: "Shop Ltd: incident inc-1",
    "Auto-Submitted": "auto-generated",
    Importance: "High",
  });
  expect(Object.keys(headers).sort()).toEqual([
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "Importance",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
    "X-Msmail-Priority",
    "X-Priority",
  ]);
});

it("makes one thread of an incident, and another of another", async () => {
  const mails = await mailsOf(
    decide,
    { ...decide, text: "Decided", kind: "end" },
    { ...decide, incident: "inc-2" },
  );
  const [first, second, other] = mails.map(({ headers }) => ({
    id: valueOf(headers, "message-id"),
    parents: [valueOf(headers, "in-reply-to"), valueOf(headers, "references")],
    subject: valueOf(headers, "subject"),
  }));
  expect(first?.parents[0]).toMatch(/^<[0-9a-f]{40}@mail\.test>$/);
  expect(second).toMatchObject({ parents: first?.parents, subject: first?.subject });
  expect(other?.parents).not.toEqual(first?.parents);
  expect(new Set([first?.id, second?.id, other?.id, first?.parents[0]]).size).toBe(4);
});

it("sends the same mail again when an activity is repeated: mailboxes show one id once", async () => {
  const [first, again] = await mailsOf(decide, decide);
  expect(valueOf(again?.headers ?? [], "message-id")).toBe(valueOf(first?.headers ?? [], "message-id"));
});

it("says what it is about in the subject when there is no incident, cut to a line", async () => {
  const [mail] = await mailsOf({ text: `Łódź\r\nBcc: eve@evil.test\r\n\r\n${"x".repeat(300)}` });
  const subject = valueOf(mail?.headers ?? [], "subject");
  expect(subject).toMatch(/^Shop Ltd: Łódź Bcc: eve@evil\.test x+…$/);
  expect(subject.length).toBeLessThan(120);
  expect(valueOf(mail?.headers ?? [], "bcc")).toBe("");
  expect(mail?.to).toEqual([ADDRESS]);
});

it("takes dots that begin a line for text", async () => {
  const [mail] = await mailsOf({ text: ".\r\n.\r\n..QUIT" });
  expect(mail?.parts[0]?.text).toBe(". . ..QUIT\n");
});

it("logs in where a user is configured", async () => {
  const { mails, tell } = await server({ login: `${env.MAIL_USER} ${env.MAIL_PASSWORD}` });
  await tell(decide, [channel.email], login);
  expect(mails).toMatchObject([{ login: env.MAIL_USER }]);
});

describe("when it fails", () => {
  it.each<[string, SmtpOptions]>([
    ["the mail server answered 554", { says: { GREETING: "554 go away, canary" } }],
    ["the mail server answered 550", { says: { RCPT: `550 5.1.1 ${ADDRESS} unknown` } }],
    ["the mail server answered 451", { says: { DOT: "451 4.3.0 later, canary" } }],
    ["the mail server answered 421", { says: { MAIL: "421 too many" } }],
    ["the mail server answered 535", { login: "somebody else" }],
  ])("says that %s, nothing of what it said, and goes on with the next channel", async (reason, options) => {
    const { tell, mail, wrong } = await server(options);
    const more = options.login === undefined ? {} : login;
    const said = await outcome(tell(decide, [channel.email], more));
    expect(said).toContain(`was not delivered: email (${reason}).`);
    expect(said).not.toMatch(/canary|127\.0\.0\.1|secret/);
    const { printed, tell: tellOn } = pagerOf([channel.email, channel.console], noFetch, {
      ...mail,
      ...more,
    });
    await tellOn(decide);
    expect(printed[1]).toBe(`ann was told by console, and not by email (${reason})`);
    expect(wrong).toEqual([]);
  });

  it("says so when nothing listens", async () => {
    const started = await server();
    await started.stop();
    expect(await outcome(started.tell(decide))).toMatch(
      /was not delivered: email \((ESOCKET|ECONNECTION|ECONNREFUSED)\)\./,
    );
  });

  it("is refused without a mail server in the configuration", async () => {
    expect(await outcome(pagerOf([channel.email], noFetch).tell(decide))).toContain(
      "email (the configuration has no mail server)",
    );
  });

  it("stops waiting for a silent server after 8 seconds, and leaves no connection", async () => {
    const { mail, mails } = await server({ says: { GREETING: "" } });
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const ann = { fullName: "Ann Nowak", address: ADDRESS, company: "Shop Ltd", secrets: () => "" };
      const sending = emailChannel({ mail, ...ann }).send({ to: "ann", text: "x", severity: "info" });
      const said = sending.then(
        () => "sent",
        (thrown: Error) => thrown.message,
      );
      await jest.advanceTimersByTimeAsync(8_000);
      expect(await said).toMatch(/^(no answer within 8 s|ETIMEDOUT)$/);
      expect(mails).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe("the connection", () => {
  const secrets = (ref: string) => env[ref.slice(4) as keyof typeof env];
  const transport = (server: string, more: Partial<Mail> = {}) =>
    mailTransport({ mail: { server, from: "a@mail.test", ...more }, secrets });

  it.each([
    ["smtp://mail.test", { host: "mail.test", port: 587, secure: false, requireTLS: false }],
    ["smtp://mail.test:25", { port: 25, secure: false }],
    ["smtps://mail.test", { port: 465, secure: true, requireTLS: false }],
    ["smtps://[2001:db8::1]:4650", { host: "2001:db8::1", port: 4650 }],
  ])("%s", (server, expected) => {
    expect(transport(server)).toMatchObject(expected);
    expect(transport(server)).not.toHaveProperty("auth");
  });

  it("never sends a password without TLS, except inside this machine", () => {
    expect(transport("smtp://mail.test", login)).toMatchObject({
      requireTLS: true,
      auth: { user: env.MAIL_USER, pass: env.MAIL_PASSWORD },
    });
    expect(transport("smtp://127.0.0.1:25", login)).toMatchObject({ requireTLS: false });
  });
});
