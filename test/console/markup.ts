export type Tag = { name: string; attributes: Map<string, string>; text: string; closes: boolean };

const tag = /<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [a-zA-Z-]+(?:="[^"<>]*")?)*) ?\/?>/y;
const attribute = / (?<name>[a-zA-Z-]+)(?:="(?<value>[^"]*)")?/g;

/**
 * The tags of a page, each with the text that follows it. Far stricter than a browser: what is not
 * spelled as our templates spell it is an error, so whatever slips through the escaping is found.
 */
export function tagsOf(page: string): Tag[] {
  const tags: Tag[] = [];
  let at = page.startsWith("<!doctype html>") ? "<!doctype html>".length : 0;
  while (at < page.length) {
    if (page[at] !== "<") {
      const end = page.indexOf("<", at);
      const text = page.slice(at, end === -1 ? undefined : end);
      if (text.includes(">")) throw new Error(`a bare ">" in the text: ${text.slice(0, 80)}`);
      const last = tags.at(-1);
      if (last) last.text += decode(text);
      at += text.length;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(page);
    if (!found?.groups) throw new Error(`not a tag of ours: ${page.slice(at, at + 80)}`);
    at = tag.lastIndex;
    const attributes = new Map<string, string>();
    for (const { groups } of (found.groups["attributes"] ?? "").matchAll(attribute)) {
      const name = groups?.["name"] ?? "";
      if (attributes.has(name)) throw new Error(`${name} twice in ${found[0]}`);
      attributes.set(name, decode(groups?.["value"] ?? ""));
    }
    tags.push({
      name: found.groups["name"] ?? "",
      attributes,
      text: "",
      closes: found.groups["close"] === "/",
    });
  }
  return tags;
}

/** Names of tags and attributes in order, without any text: what hostile data must not be able to change. */
export function skeletonOf(page: string): string {
  return tagsOf(page)
    .map(({ name, attributes, closes }) => `${closes ? "/" : ""}${name} ${[...attributes.keys()].join(" ")}`)
    .join("\n");
}

export function textOf(page: string): string {
  return tagsOf(page)
    .map(({ text }) => text)
    .join("");
}

/** The text between a tag and its end, with that of the tags inside. */
export function textInside(tags: Tag[], index: number): string {
  const name = tags[index]?.name;
  const end = tags.findIndex((one, i) => i > index && one.closes && one.name === name);
  return tags
    .slice(index, end)
    .map(({ text }) => text)
    .join("");
}

function decode(text: string): string {
  const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replace(/&(?<name>[^;\s]*);?/g, (whole, name: string) => {
    const sign = signs[name];
    if (sign === undefined || !whole.endsWith(";")) throw new Error(`not an entity of ours: ${whole}`);
    return sign;
  });
}
