export async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(path, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`${path} says ${answer.status}`);
  return (await answer.json()) as T;
}

/** What the sandbox refuses stays in sight until it does the next thing. */
export async function act(method: string, path: string): Promise<void> {
  const answer = await fetch(path, { method }).catch(() => undefined);
  const refused = document.querySelector<HTMLElement>("#refused");
  if (!refused) return;
  refused.hidden = answer?.ok === true;
  refused.textContent = answer
    ? `The sandbox refused ${path}: ${answer.status} ${await answer.text()}`
    : "The sandbox does not answer.";
}
