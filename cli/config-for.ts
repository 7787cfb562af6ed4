import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";

/**
 * The configuration with the ports of this start: `baseUrl` leads to our own port, and phones that are on
 * this machine's sandbox to its port. Everything else is as written. Returns the file that was given when
 * nothing differs.
 */
export function configFor(options: {
  file: string;
  state: string;
  port: number;
  sandboxPort: number;
}): string {
  const text = readFileSync(options.file, "utf8");
  const document = parseDocument(text);
  const moved = (url: unknown, port: number): string | undefined => {
    if (typeof url !== "string" || !URL.canParse(url)) return undefined;
    const parsed = new URL(url);
    if (parsed.hostname !== "127.0.0.1" || parsed.port === String(port)) return undefined;
    parsed.port = String(port);
    return parsed.href.replace(/\/$/, "");
  };
  let changed = false;
  const set = (path: (string | number)[], port: number) => {
    const url = moved(document.getIn(path), port);
    if (url === undefined) return;
    document.setIn(path, url);
    changed = true;
  };
  set(["baseUrl"], options.port);
  const people = document.get("people");
  if (isMap(document.contents) && isSeq(people))
    people.items.forEach((_person, index) => set(["people", index, "webhook"], options.sandboxPort));
  if (!changed) return options.file;
  const file = join(options.state, "switchover.yaml");
  writeFileSync(file, document.toString());
  return file;
}
