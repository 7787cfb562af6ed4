/** A question to the sandbox that makes no sense: what, where, the value, and what to do instead. */
export type RefusalDetail = { what: string; where: string; value: string; hint: string };

export class SandboxRefusal extends Error {
  readonly detail: RefusalDetail;
  /** The HTTP status it deserves: 404 for a name that is none. */
  readonly status: number;

  constructor(detail: RefusalDetail) {
    super(`${detail.what}: ${detail.where} is "${detail.value}". ${detail.hint}`);
    this.name = "SandboxRefusal";
    this.detail = detail;
    this.status = detail.what.startsWith("no such") && detail.what !== "no such way" ? 404 : 400;
  }
}
