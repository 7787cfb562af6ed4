import { plainText } from "../adapters/plain-text";
import { readText } from "../adapters/read-text";
import { rootCause } from "../adapters/root-cause";

const DEADLINE_MS = 5_000;
const QUOTED = 200;

/** Where a running Switchover is asked; SWITCHOVER_API_KEY opens one that is not on this machine. */
export function apiOf(url = "http://127.0.0.1:7071"): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url.replace(/\/$/, "");
  throw new Error(
    `--url is "${plainText(url, QUOTED)}": write the address with its scheme, such as http://127.0.0.1:7071.`,
  );
}

/** One request to a running Switchover. `expects` is a member that its answer must have, whoever else answers. */
export async function send(
  base: string,
  request: { method: string; path: string; expects: string; fields?: Record<string, string> },
): Promise<object> {
  const url = `${base}${request.path}`;
  const { status, location, text } = await answerOf(base, request);
  const answer = parsed(text);
  if (status >= 200 && status < 300 && Object.hasOwn(answer, request.expects)) return answer;
  if (status >= 400 && "error" in answer) {
    const words = wordsOf(answer.error);
    if (words !== undefined) throw new Error(words);
  }
  const leading = location === null ? "" : `, leading to ${plainText(location, QUOTED)}`;
  throw new Error(
    `${url} answered ${status}${leading} with ${quoted(text)}, which is not Switchover's answer. ${hintFor(status)}`,
  );
}

async function answerOf(
  base: string,
  { method, path, fields }: { method: string; path: string; fields?: Record<string, string> },
): Promise<{ status: number; location: string | null; text: string }> {
  const key = process.env["SWITCHOVER_API_KEY"];
  // JSON, not a form: a browser's form is answered with a redirection, and so would a sign-in page.
  const content = fields === undefined ? {} : { "content-type": "application/json" };
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...content, ...(key === undefined ? {} : { "x-switchover-key": key }) },
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    });
    const text = await readText(response, 16 * 1_048_576);
    return { status: response.status, location: response.headers.get("location"), text };
  } catch (thrown) {
    throw new Error(
      `Switchover does not answer at ${base}: ${rootCause(thrown).message}. Is it running? Start it with: npm start`,
      { cause: thrown },
    );
  }
}

/** The answer's members; none when it is no JSON object. */
function parsed(text: string): object {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null ? answer : {};
  } catch {
    return {};
  }
}

/** A refusal of ours says what is wrong and what to do. Anything else under the same name is none of ours. */
function wordsOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("says" in error) || !("hint" in error))
    return undefined;
  const [says, hint] = [String(error.says), String(error.hint)];
  return says.endsWith(hint) ? says : `${says} ${hint}`;
}

function quoted(text: string): string {
  const words = plainText(text.replace(/<[^>]*>/g, " "), QUOTED).replace(/\s+/g, " ");
  return words === "" ? "nothing" : `"${words}"`;
}

function hintFor(status: number): string {
  if (status === 401 || status === 403 || (status >= 300 && status < 400))
    return "Something in front of it wants a sign-in: set SWITCHOVER_API_KEY, or ask past it with --url.";
  if (status >= 502 && status <= 504)
    return "Something in front of it does not reach it. Is it running, and does --url lead to it?";
  return "Does --url lead to Switchover itself?";
}
