import { readFile } from "node:fs/promises";
import { RecoveryError, textOf } from "../../shared/errors";

/**
 * A certificate or key by its reference: `env:NAME`, or `file:/path`, read anew each time, so that one that was
 * renewed counts at once. Throws `SECRET_MISSING` for the first, `CERTIFICATE_UNREADABLE` for the second and for
 * what is no PEM. Settings of one line keep the line breaks as `\n`. What it says is never in an error's text.
 */
export async function pemOf(ref: string, secrets: (ref: string) => string): Promise<string> {
  const text = ref.startsWith("file:")
    ? await fileText(ref.slice("file:".length))
    : secrets(ref).replaceAll("\\n", "\n");
  if (/-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----/.test(text)) return text;
  throw unreadable(`${ref} has no PEM in it`);
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (thrown) {
    throw unreadable(`${path} can't be read: ${textOf(thrown, 120)}`);
  }
}

function unreadable(what: string): RecoveryError {
  return new RecoveryError(
    "CERTIFICATE_UNREADABLE",
    `${what}.`,
    "It begins with -----BEGIN …-----. Check the reference, and that this user may read it.",
  );
}
