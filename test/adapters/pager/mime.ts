/** A mail, read back as a mailbox reads it: RFC 5322 headers, RFC 2047 words, RFC 2046 parts. */
export type Mail = { headers: [name: string, value: string][]; parts: { type: string; text: string }[] };

/** `text`: one character a byte (latin1), with CRLF line ends. */
export function readMail(text: string): Mail {
  const { headers, body } = split(text);
  const type = valueOf(headers, "content-type");
  const [, boundary] = /^multipart\/alternative;\s*boundary="([^"]+)"/i.exec(type) ?? [];
  if (boundary === undefined) return { headers, parts: [{ type, text: decoded(headers, body) }] };
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return {
    headers,
    parts: pieces.map((piece) => {
      const part = split(piece.replace(/^\r\n/, ""));
      return { type: valueOf(part.headers, "content-type"), text: decoded(part.headers, part.body) };
    }),
  };
}

export function valueOf(headers: Mail["headers"], name: string): string {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? "";
}

function split(text: string): { headers: Mail["headers"]; body: string } {
  const end = text.indexOf("\r\n\r\n");
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]/g, " ")
    .split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), words(line.slice(colon + 1).trim())];
  });
  return { headers, body: text.slice(end + 4) };
}

/** `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; white space between two such words is nothing. */
function words(value: string): string {
  return value
    .replace(/(\?=)\s+(=\?)/g, "$1$2")
    .replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_whole, how: string, text: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : quoted(text.replaceAll("_", " ")),
    );
}

function decoded(headers: Mail["headers"], body: string): string {
  const how = valueOf(headers, "content-transfer-encoding").toLowerCase();
  const text =
    how === "base64"
      ? Buffer.from(body, "base64").toString("utf8")
      : how === "quoted-printable"
        ? quoted(body.replace(/=\r\n/g, ""))
        : body;
  return text.replaceAll("\r\n", "\n");
}

function quoted(text: string): string {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_whole, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
