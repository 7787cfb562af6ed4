import { readFile } from "node:fs/promises";
import type * as Yaml from "yaml";
import { parseEstate } from "../../shared/config";
import { RecoveryError, textOf } from "../../shared/errors";
import type { Estate } from "../../shared/estate";

/**
 * The estate from a YAML file. Throws `CONFIG_MISSING` when there is no such file, `CONFIG_UNREADABLE` when
 * it can't be read or is not YAML (with line and column), and `CONFIG_INVALID` when it says something wrong.
 */
export async function readEstate(file: string): Promise<Estate> {
  const text = await readFile(file, "utf8").catch((thrown: unknown) => {
    throw unreadableFile(file, thrown);
  });
  const yaml = require("yaml") as typeof Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) throw unreadable(file, document.errors, lines);
  return parseEstate(valueOf(document, file), file, (path) => {
    const offset = offsetOf(yaml, document, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  });
}

function valueOf(document: Yaml.Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    // Aliases that unfold into more than a hundred nodes each, or that nobody defined.
    throw new RecoveryError(
      "CONFIG_UNREADABLE",
      `${file} can't be unfolded: ${textOf(thrown)}.`,
      "Write it without aliases (*name).",
    );
  }
}

/** Where the setting is written; for one that is missing, where its section begins. */
function offsetOf(yaml: typeof Yaml, document: Yaml.Document, path: PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    if (yaml.isMap(parent)) {
      const pair = parent.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === step);
      if (pair && yaml.isScalar(pair.key)) return pair.key.range?.[0];
    } else if (yaml.isSeq(parent) && typeof step === "number") {
      const item = parent.items[step];
      if (yaml.isNode(item)) return item.range?.[0];
    }
  }
  return undefined;
}

function unreadable(file: string, errors: Yaml.YAMLError[], lines: Yaml.LineCounter): RecoveryError {
  const sentences = errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `  line ${line}, column ${col}: ${message}`;
  });
  return new RecoveryError(
    "CONFIG_UNREADABLE",
    `${file} is not valid YAML:\n${sentences.join("\n")}\n `,
    "Sections are indented by two spaces; a name is written once in each.",
  );
}

function unreadableFile(file: string, thrown: unknown): RecoveryError {
  if ((thrown as NodeJS.ErrnoException).code === "ENOENT") {
    return new RecoveryError(
      "CONFIG_MISSING",
      `There is no configuration file ${file}.`,
      "Copy switchover.yaml from the repository, describe your company in it, and give its path.",
    );
  }
  return new RecoveryError(
    "CONFIG_UNREADABLE",
    `The configuration file ${file} can't be read: ${textOf(thrown)}.`,
    "Check that it is a file, and that this user may read it.",
  );
}
