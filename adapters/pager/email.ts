import { createHash } from "node:crypto";
import type * as Nodemailer from "nodemailer";
import { cleanText } from "../../shared/alert/clean-text";
import type { Mail } from "../../shared/estate";
import { isLoopback, mailHost } from "../../shared/hosts";
import { rootCause } from "../root-cause";
import { within } from "../within";
import { NotTaken, type Channel, type Notice } from "./channel";
import { mailHtml, mailText } from "./mail-body";

export type EmailOptions = {
  mail: Mail;
  secrets: (ref: string) => string;
  company: string;
  fullName: string;
  address: string;
};

const DEADLINE_MS = 8_000;
const LONGEST_SUBJECT = 100;

/**
 * An e-mail by SMTP. Taken means that the server took it for delivery. The mail's id comes from what it says,
 * so that a repeated activity sends the same mail again, which mailboxes show once.
 */
export function emailChannel(options: EmailOptions): Channel {
  return {
    kind: "email",
    send: async (notice) => {
      const { createTransport } = require("nodemailer") as typeof Nodemailer;
      const transport = createTransport(mailTransport(options));
      const late = () => new NotTaken(`no answer within ${DEADLINE_MS / 1_000} s`);
      try {
        await within(DEADLINE_MS, late, async (signal) => {
          await transport.sendMail({ ...mailOf(notice, options), signal }).catch(refused);
        });
      } finally {
        transport.close();
      }
    },
  };
}

/**
 * How to reach the server. A password never travels without TLS, except inside this machine; without one, TLS
 * is used where the server offers it. Certificates are always checked.
 */
export function mailTransport({ mail, secrets }: Pick<EmailOptions, "mail" | "secrets">) {
  const { protocol, port } = new URL(mail.server);
  const host = mailHost(mail.server);
  const secure = protocol === "smtps:";
  const login = mail.user !== undefined && mail.password !== undefined;
  return {
    host,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && login && !isLoopback(host),
    ...(login ? { auth: { user: secrets(mail.user ?? ""), pass: secrets(mail.password ?? "") } } : {}),
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    dnsTimeout: DEADLINE_MS,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Nothing of a stranger is in a header, except in the subject of a message that belongs to no incident. */
export function mailOf(notice: Notice, { mail, company, fullName, address }: EmailOptions) {
  const { text, incident, severity } = notice;
  const domain = mail.from.slice(mail.from.lastIndexOf("@") + 1);
  const id = (...parts: string[]) =>
    `<${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40)}@${domain}>`;
  // A mail that nobody got is the parent of all mails of an incident: whichever comes first, they are one thread.
  const parent = incident === undefined ? undefined : id("incident", incident);
  return {
    from: { name: "Switchover", address: mail.from },
    to: { name: fullName, address },
    envelope: { from: mail.from, to: [address] },
    // The same for the whole incident: mailboxes don't make one thread of different subjects.
    subject: subjectOf(company, notice),
    messageId: id("message", incident ?? "", address, text, notice.link ?? ""),
    ...(parent === undefined ? {} : { inReplyTo: parent, references: parent }),
    // RFC 3834: holiday answers to a machine help nobody.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    ...(severity === "critical" ? { priority: "high" as const } : {}),
    text: mailText(notice),
    html: mailHtml(notice),
    textEncoding: "quoted-printable" as const,
  };
}

/** `=?` begins a word that mailboxes decode (RFC 2047): with a space between it is text, whoever wrote it. */
function subjectOf(company: string, { text, incident }: Notice): string {
  const about = incident === undefined ? cleanText(text, LONGEST_SUBJECT) : `incident ${incident}`;
  return `${company}: ${about}`.replaceAll("=?", "= ?");
}

/** What the library throws may quote the address and what the server said; its codes don't. */
function refused(thrown: unknown): never {
  const { responseCode } = thrown as { responseCode?: unknown };
  const { code } = rootCause(thrown);
  if (typeof responseCode === "number") throw new NotTaken(`the mail server answered ${responseCode}`);
  throw new NotTaken(code || "the mail server could not be used");
}
