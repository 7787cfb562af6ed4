import { textOf } from "../shared/errors";

const DEADLINE_MS = 5_000;

/** Where a running Switchover is asked; SWITCHOVER_API_KEY opens one that is not on this machine. */
export function apiOf(url: string | undefined): string {
  return (url ?? "http://127.0.0.1:7071").replace(/\/$/, "");
}

export async function send(
  base: string,
  method: string,
  path: string,
  fields?: Record<string, string>,
): Promise<unknown> {
  const key = process.env["SWITCHOVER_API_KEY"];
  const headers = key === undefined ? {} : { "x-switchover-key": key };
  const body = fields === undefined ? {} : { body: new URLSearchParams(fields) };
  const request = {
    method,
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE_MS),
    ...body,
  } as const;
  const response = await fetch(`${base}${path}`, request).catch((thrown: unknown) => {
    throw new Error(
      `Switchover does not answer at ${base}: ${textOf(thrown)}. Is it running? Start it with: npm start`,
    );
  });
  if (response.status < 400) return response.status === 303 ? {} : await response.json();
  throw new Error(await refusalOf(response, `${base}${path}`));
}

async function refusalOf(response: Response, url: string): Promise<string> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as { error: { says: string; hint: string } };
    return `${error.says} ${error.hint}`;
  } catch {
    return `${url} answered ${response.status}: ${text.slice(0, 300)}`;
  }
}
