import type { Drill } from "./drill";

export type Link = { path: string; form: string; plan: string };

/** The newest link on a person's phone, opened as a person would: the page says what its forms need. */
export async function openLink(drill: Drill, person: string): Promise<Link> {
  const phone = drill.company.phones().find((one) => one.person === person);
  const link = phone?.messages.findLast((message) => message.link !== null)?.link;
  if (link === undefined || link === null) throw new Error(`There is no link on ${person}'s phone.`);
  const path = new URL(link).pathname;
  const html = await drill.page(path);
  const hidden = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? "";
  return { path, form: hidden("form"), plan: hidden("plan") };
}

export function codeOf(drill: Drill, person: string): string {
  return drill.company.phones().find((one) => one.person === person)?.code ?? "";
}

export async function approve(drill: Drill, person: string): Promise<Response> {
  const { path, form, plan } = await openLink(drill, person);
  return drill.post(`${path}/approve`, { form, plan, code: codeOf(drill, person) });
}

export async function reject(drill: Drill, person: string, reason: string): Promise<Response> {
  const { path, form, plan } = await openLink(drill, person);
  return drill.post(`${path}/reject`, { form, plan, reason });
}

export function hasLink(drill: Drill, person: string): boolean {
  return drill.company
    .phones()
    .some((one) => one.person === person && one.messages.some((message) => message.link !== null));
}
