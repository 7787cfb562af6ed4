import { createServer, type AddressInfo, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";

/** A mail as the server got it: envelope, the text after dot-unstuffing, and how it came. */
export type Delivered = { from: string; to: string[]; text: string; login?: string; encrypted: boolean };

export type SmtpOptions = {
  /** Key and certificate: offers STARTTLS, or with `implicit` speaks TLS from the first byte. */
  tls?: { key: string; cert: string; implicit?: boolean };
  /** `user password` that may log in; without, AUTH is not offered. */
  login?: string;
  /** Says this instead of the usual answer to a command; "" says nothing at all. `GREETING` is before all. */
  says?: Record<string, string>;
};

export type SmtpServer = {
  port: number;
  mails: Delivered[];
  /** What no client may send: line ends that are not CRLF, commands that are not known, AUTH without TLS. */
  wrong: string[];
  stop(): Promise<void>;
};

type Session = { from: string; to: string[]; login?: string; encrypted: boolean; data: boolean };

/** RFC 5321 with AUTH PLAIN (RFC 4616) and STARTTLS (RFC 3207), on a free port of 127.0.0.1. */
export async function smtpServer(options: SmtpOptions = {}): Promise<SmtpServer> {
  const { tls } = options;
  const mails: Delivered[] = [];
  const wrong: string[] = [];
  const sockets = new Set<Socket>();
  const take = (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    serve(socket, options, mails, wrong, tls?.implicit === true);
  };
  const server = tls?.implicit === true ? createTlsServer(tls, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, mails, wrong, stop };
}

function serve(
  socket: Socket,
  options: SmtpOptions,
  mails: Delivered[],
  wrong: string[],
  encrypted: boolean,
): void {
  const session: Session = { from: "", to: [], encrypted, data: false };
  const reply = (command: string, usual: string) => {
    const text = options.says?.[command] ?? usual;
    if (text !== "") socket.write(`${text}\r\n`);
  };
  let rest = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    rest += chunk;
    for (;;) {
      const end = rest.indexOf(session.data ? "\r\n.\r\n" : "\r\n");
      if (end === -1) return;
      const part = rest.slice(0, end);
      rest = rest.slice(end + (session.data ? 5 : 2));
      if (/\r(?!\n)|(?<!\r)\n/.test(part)) wrong.push("a line end that is not CRLF");
      if (session.data) finish(part, session, mails, reply);
      else if (obey(part, session, options, wrong, reply) === "starttls") return upgrade();
    }
  });
  const upgrade = () => {
    socket.removeAllListeners("data");
    const { key, cert } = options.tls ?? { key: "", cert: "" };
    const secured = new TLSSocket(socket, { isServer: true, key, cert });
    secured.on("error", () => undefined);
    serve(secured, { ...options, says: { ...options.says, GREETING: "" } }, mails, wrong, true);
  };
  reply("GREETING", "220 mail.test ESMTP");
}

type Reply = (command: string, usual: string) => void;

function finish(part: string, session: Session, mails: Delivered[], reply: Reply): void {
  const text = part.replace(/^\.\./gm, ".");
  const { from, to, login, encrypted } = session;
  mails.push({ from, to, text, encrypted, ...(login === undefined ? {} : { login }) });
  Object.assign(session, { data: false, from: "", to: [] });
  reply("DOT", "250 2.0.0 queued");
}

function obey(
  line: string,
  session: Session,
  { tls, login }: SmtpOptions,
  wrong: string[],
  reply: Reply,
): "starttls" | undefined {
  const [, verb = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const command = verb.toUpperCase();
  const mailbox = /<([^<>]*)>/.exec(rest)?.[1] ?? "";
  switch (command) {
    case "EHLO": {
      const offers = [
        ...(tls && !session.encrypted ? ["STARTTLS"] : []),
        ...(login === undefined ? [] : ["AUTH PLAIN"]),
      ];
      reply(
        command,
        ["mail.test", ...offers]
          .map((each, at) => `250${at === offers.length ? " " : "-"}${each}`)
          .join("\r\n"),
      );
      return undefined;
    }
    case "STARTTLS":
      reply(command, "220 go ahead");
      return "starttls";
    case "AUTH": {
      const [user = "", password = ""] = Buffer.from(rest.split(" ")[1] ?? "", "base64")
        .toString()
        .split("\0")
        .slice(1);
      if (tls && !session.encrypted) wrong.push("AUTH without TLS");
      const right = `${user} ${password}` === login;
      if (right) session.login = user;
      reply(command, right ? "235 2.7.0 accepted" : "535 5.7.8 who are you, secret?");
      return undefined;
    }
    case "MAIL":
      session.from = mailbox;
      reply(command, "250 ok");
      return undefined;
    case "RCPT":
      session.to.push(mailbox);
      reply(command, "250 ok");
      return undefined;
    case "DATA":
      session.data = true;
      reply(command, "354 end with a dot");
      return undefined;
    case "QUIT":
    case "RSET":
    case "NOOP":
      reply(command, "250 ok");
      return undefined;
    default:
      wrong.push(`the command ${command}`);
      reply(command, "500 what?");
      return undefined;
  }
}
