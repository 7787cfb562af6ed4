export async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(path, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`${path} says ${answer.status}`);
  return (await answer.json()) as T;
}

export async function act(method: string, path: string, body: object = {}): Promise<void> {
  const answer = await fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  const trouble = document.querySelector<HTMLElement>("#trouble");
  if (answer?.ok || !trouble) return;
  trouble.textContent = `${method} ${path}: ${answer ? `the sandbox says ${answer.status}` : "the sandbox does not answer"}`;
  trouble.hidden = false;
}
