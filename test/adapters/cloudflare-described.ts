import described from "./cloudflare-description.json";

/** A request as `fakeFetch` keeps it. */
export type Sent = { method: string; url: string; headers: Headers; body: string };

type Fact = {
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  or?: unknown[];
};
type Operation = {
  method: string;
  path: string;
  query?: Record<string, Fact>;
  body?: { required: string[]; fields: Record<string, Fact> };
};

const operations = described.operations as Operation[];

/** What in a request is not as the provider describes it; nothing when all is. */
export function complaintsOf(base: string, { method, url, headers, body }: Sent): string[] {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.slice(new URL(base).pathname.length);
  const operation = operations
    .filter((one) => one.method === method && fits(one.path, path))
    // `/dns_records/export` fits `/dns_records/{id}` too; the literal one is meant.
    .toSorted((one, other) => parameters(one.path) - parameters(other.path))[0];
  if (operation === undefined) return [`${method} ${path} is not described`];
  const authorized = /^Bearer \S+$/.test(headers.get("authorization") ?? "");
  return [
    ...(authorized ? [] : ["no bearer token"]),
    ...pathComplaints(operation.path, path),
    ...[...searchParams].flatMap(([name, value]) => factComplaints(name, value, operation.query?.[name])),
    ...bodyComplaints(operation, body),
  ].map((one) => `${method} ${path}: ${one}`);
}

function fits(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
}

function parameters(template: string): number {
  return template.split("{").length;
}

function pathComplaints(template: string, path: string): string[] {
  const given = path.split("/");
  return template.split("/").flatMap((part, at) => {
    const long = (given[at] ?? "").length > described.pathParameters.maxLength;
    return part.endsWith("_id}") && long ? [`${part} is too long`] : [];
  });
}

function bodyComplaints({ body }: Operation, sent: string): string[] {
  if (body === undefined) return sent === "" ? [] : ["has a body"];
  const fields = JSON.parse(sent) as Record<string, unknown>;
  return [
    ...body.required.filter((name) => !(name in fields)).map((name) => `${name} is missing`),
    ...Object.entries(fields).flatMap(([name, value]) => factComplaints(name, value, body.fields[name])),
  ];
}

function factComplaints(name: string, value: unknown, fact: Fact | undefined): string[] {
  if (fact === undefined) return [`${name} is not described`];
  if (fact.or?.includes(value) === true) return [];
  const wrong = [
    fact.type !== undefined && typeof value !== fact.type,
    fact.enum !== undefined && !fact.enum.includes(String(value)),
    fact.minimum !== undefined && !(Number(value) >= fact.minimum),
    fact.maximum !== undefined && !(Number(value) <= fact.maximum),
    fact.maxLength !== undefined && String(value).length > fact.maxLength,
  ];
  return wrong.includes(true) ? [`${name} may not be ${JSON.stringify(value)}`] : [];
}
