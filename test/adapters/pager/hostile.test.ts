import { createTransport } from "nodemailer";
import type { Notice } from "../../../adapters/pager/channel";
import { consoleChannel } from "../../../adapters/pager/console";
import { mailOf } from "../../../adapters/pager/email";
import { noticeOf } from "../../../adapters/pager/notice";
import { hostileTexts } from "./hostile";
import { readMail, valueOf } from "./mime";
import { ADDRESS, channel, estateOf, pagerOf } from "./people";
import { pagerDutyEvent, slackMessage, teamsMessage } from "./vendor-schemas";

const COUNT = 10_000;
const LINK = "https://switchover.test/gates/abc";
const texts = hostileTexts(COUNT);
const messages = texts.map((text, at) => ({
  text,
  // Ids are ours; if one ever had a stranger's text in it, that would be inert too.
  ...(at % 3 === 0 ? {} : { incident: at % 3 === 1 ? "inc-1" : `inc ${text}` }),
  ...(at % 2 === 0 ? {} : { link: LINK }),
}));
const notices = messages.map((message) => noticeOf("ann", message, "https://switchover.test"));
const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

/** Fails with the text in a form that can be read, and looks at everything in one assertion. */
function everyNotice(check: (notice: Notice, at: number) => string | undefined): void {
  const wrong = notices.flatMap((notice, at) => {
    const why = check(notice, at);
    return why === undefined ? [] : [`${at}: ${why}: ${JSON.stringify(texts[at]?.slice(0, 200))}`];
  });
  expect(wrong.slice(0, 5)).toEqual([]);
}

/** What each POST had in it, for a channel whose vendor always says yes. */
async function posted(kind: "slack" | "teams" | "pagerduty" | "webhook"): Promise<unknown[]> {
  const bodies: unknown[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    bodies.push(JSON.parse(typeof init?.body === "string" ? init.body : ""));
    return new Response("ok", { status: kind === "slack" ? 200 : 202 });
  };
  const { tell } = pagerOf([channel[kind]], fetch);
  for (const message of messages) await tell(message);
  expect(bodies).toHaveLength(COUNT);
  return bodies;
}

it("has texts that are hostile", () => {
  expect(texts).toHaveLength(COUNT);
  expect(new Set(texts).size).toBeGreaterThan(COUNT * 0.9);
  for (const trap of ["<!channel>", "\r\n", "\u001b[", "\u202e", "[Approve](", "<script>"])
    expect(texts.filter((text) => text.includes(trap)).length).toBeGreaterThan(50);
});

it("every notice is one line of 1 to 2,000 visible characters, with no link but ours", () => {
  everyNotice(({ text, incident = "", link = LINK }) => {
    if (HIDDEN.test(text + incident)) return "hidden characters";
    if (text.length < 1 || text.length > 2_000 || incident.length > 200) return "length";
    return link === LINK ? undefined : "link";
  });
});

it("Slack: each text is one plain_text node that says exactly it; no mention, no link but the button's", async () => {
  const bodies = await posted("slack");
  everyNotice((notice, at) => {
    const parsed = slackMessage.safeParse(bodies[at]);
    if (!parsed.success) return parsed.error.message;
    const { text, blocks } = parsed.data;
    // A `<` or `>` that is left would begin or end a mention or a link; an `&` is an entity or escaped.
    if (/[<>]|&(?!(amp|lt|gt);)/.test(text)) return "control characters of Slack";
    const nodes = blocks.flatMap((block) =>
      block.type === "context" ? block.elements : block.type === "section" ? [block.text] : [],
    );
    if (nodes.some((node) => node.emoji !== false)) return "emoji";
    const read = nodes.map(({ text }) => unescaped(text));
    const expected = [notice.text, ...(notice.incident === undefined ? [] : [`Incident ${notice.incident}`])];
    const cut = (read[0] ?? "").endsWith("…") && notice.text.startsWith((read[0] ?? "").slice(0, -1));
    if (!cut && read[0] !== expected[0]) return "another text";
    if (read[1] !== expected[1]) return "another incident";
    const urls = blocks.flatMap((block) =>
      block.type === "actions" ? block.elements.map(({ url }) => url) : [],
    );
    return urls.join() === (notice.link ?? "") ? undefined : "links";
  });
});

it("Teams: each text is one run, of which nothing is Markdown, a mention or a function", async () => {
  const bodies = await posted("teams");
  everyNotice((notice, at) => {
    // The schema has no TextBlock, no FactSet and no msteams.entities: nothing that reads Markdown or mentions.
    const parsed = teamsMessage.safeParse(bodies[at]);
    if (!parsed.success) return parsed.error.message;
    const card = parsed.data.attachments[0]?.content;
    const runs = card?.body.flatMap(({ inlines }) => inlines.map(({ text }) => text)) ?? [];
    if (runs.some((run) => run.includes("{{"))) return "a function";
    const apart = (text: string) => text.replaceAll(/\{ (?=\{)/g, "{");
    const expected = [notice.text, ...(notice.incident === undefined ? [] : [`Incident ${notice.incident}`])];
    if (apart(runs.join("\n")) !== apart(expected.join("\n"))) return "another text";
    return (card?.actions ?? []).map(({ url }) => url).join() === (notice.link ?? "") ? undefined : "links";
  });
});

it("PagerDuty: each text is the summary, and whole in the details when it is longer; no link but ours", async () => {
  const bodies = await posted("pagerduty");
  everyNotice((notice, at) => {
    const parsed = pagerDutyEvent.safeParse(bodies[at]);
    if (!parsed.success) return parsed.error.message;
    if (parsed.data.event_action !== "trigger") return "action";
    const { payload, links = [], dedup_key } = parsed.data;
    const whole = payload.custom_details?.["text"] ?? payload.summary;
    if (whole !== notice.text) return "another text";
    if (notice.incident !== undefined && dedup_key !== notice.incident) return "another alert";
    return links.map(({ href }) => href).join() === (notice.link ?? "") ? undefined : "links";
  });
});

it("webhook: each text is one JSON string", async () => {
  const bodies = await posted("webhook");
  everyNotice(({ text, incident, link }, at) => {
    const expected = JSON.stringify({ text, link, incident, severity: "critical" });
    return JSON.stringify(bodies[at]) === expected ? undefined : "another body";
  });
});

it("console: each text is one line of printable characters, which reads back as it was", async () => {
  const lines: string[] = [];
  for (const notice of notices) await consoleChannel({ print: (line) => lines.push(line) }).send(notice);
  everyNotice((notice, at) => {
    const line = lines[at] ?? "";
    if (/[\p{C}\p{Zl}\p{Zp}]/u.test(line)) return "a character that is not printed";
    const read = JSON.parse(line.replace(/^message /, "")) as Notice;
    return read.text === notice.text && read.to === "ann" ? undefined : "another text";
  });
});

it("console: escapes what a notice should not have had", async () => {
  const lines: string[] = [];
  const terminal = consoleChannel({ print: (line) => lines.push(line) });
  await terminal.send({ to: "ann", severity: "info", text: "\u001b[2J\u009b\u202e\u{e0041}\r\nx" });
  expect(lines).toEqual([
    String.raw`message {"to":"ann","severity":"info","text":"\u001b[2J\u009b\u202e\udb40\udc41\r\nx"}`,
  ]);
});

it("e-mail: each text is one line of the plain part and one text node of the HTML; no header comes from it", async () => {
  const mails = await composed();
  everyNotice((notice, at) => {
    const { headers, parts } = readMail(mails[at] ?? "");
    if (headers.map(([name]) => name).join() !== expectedHeaders(notice)) return "headers";
    if (valueOf(headers, "to") !== `Ann Nowak <${ADDRESS}>`) return "recipient";
    if (!isSubjectOf(valueOf(headers, "subject"), notice)) return "subject";
    if (parts.map(({ type }) => type).join() !== "text/plain; charset=utf-8,text/html; charset=utf-8")
      return "parts";
    const footer = notice.incident === undefined ? [] : [`Incident ${notice.incident}`];
    const link = notice.link === undefined ? [] : [notice.link];
    if (parts[0]?.text !== `${[notice.text, ...link, ...footer].join("\n\n")}\n`) return "plain text";
    return htmlProblem(parts[1]?.text ?? "", notice);
  });
});

const mailSettings = { server: "smtp://mail.test", from: "recovery@mail.test" };

/** As the library writes them to the wire. */
async function composed(): Promise<string[]> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { company } = estateOf([channel.console]);
  const to = { mail: mailSettings, company, fullName: "Ann Nowak", address: ADDRESS, secrets: () => "" };
  const mails: string[] = [];
  for (const notice of notices) {
    const { message } = await transport.sendMail(mailOf(notice, to));
    mails.push((message as Buffer).toString("latin1"));
  }
  return mails;
}

/** Read as a mailbox reads it, it says what the message says: nothing in it was taken for an encoded word. */
function isSubjectOf(subject: string, { text, incident }: Notice): boolean {
  const about = incident === undefined ? text : `incident ${incident}`;
  const [read, whole] = [subject, `Shop Ltd: ${about}`].map((each) => each.replaceAll("= ?", "=?"));
  return read === whole || (subject.endsWith("…") && `${whole}`.startsWith(`${read}`.slice(0, -1)));
}

function expectedHeaders({ incident }: Notice): string {
  const thread = incident === undefined ? "" : "In-Reply-To,References,";
  return (
    `Auto-Submitted,X-Auto-Response-Suppress,From,To,${thread}Subject,Message-ID,` +
    "X-Priority,X-Msmail-Priority,Importance,Date,MIME-Version,Content-Type"
  );
}

/** The page's own tags, in their order, with text between them that reads back as it was. */
function htmlProblem(html: string, { text, link, incident }: Notice): string | undefined {
  const body = html.slice(html.indexOf("<body>"));
  const tags = body.match(/<[^>]*>/g) ?? [];
  const button = link === undefined ? "" : `<p>,<a href="${link}">,</a>,</p>,`;
  const footer = incident === undefined ? "" : "<p>,<small>,</small>,</p>,";
  if (tags.join() !== `<body>,<p>,</p>,${button}${footer}</body>,</html>`) return "tags";
  const [, inside = ""] = /<p>([^<]*)<\/p>/.exec(body) ?? [];
  return unescaped(inside) === text ? undefined : "another text";
}

function unescaped(text: string): string {
  const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => characters[name] ?? "");
}
