import type { Asked } from "./ask";

/** A gate's page as a person sees it: where it is, and what its forms send along. */
export type OpenedLink = { path: string; html: string; form: string; plan: string };

/** The path of the newest link on a person's phone. */
export async function linkOf(asked: Asked, person: string): Promise<string | undefined> {
  const phone = (await asked.phones()).find((one) => one.person === person);
  const link = phone?.messages.findLast((message) => message.link !== null)?.link ?? undefined;
  return link === undefined ? undefined : new URL(link).pathname;
}

/** Opens the newest link on a person's phone; the page's hidden inputs say what its forms send along. */
export async function openLink(asked: Asked, person: string): Promise<OpenedLink> {
  const path = await linkOf(asked, person);
  if (path === undefined) throw new Error(`There is no link on ${person}'s phone.`);
  const answer = await asked.send(path);
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${html.slice(0, 200)}`);
  const hidden = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "";
  return { path, html, form: hidden("form"), plan: hidden("plan") };
}

/** The one-time code that a person's phone shows now. */
export async function codeOf(asked: Asked, person: string): Promise<string> {
  return (await asked.phones()).find((one) => one.person === person)?.code ?? "";
}

/** Approves through the newest link, with the code of now, as a person would. */
export async function approve(asked: Asked, person: string): Promise<Response> {
  const { path, form, plan } = await openLink(asked, person);
  return asked.post(`${path}/approve`, { form, plan, code: await codeOf(asked, person) });
}
