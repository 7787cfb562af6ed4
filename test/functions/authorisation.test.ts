import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { securityHeaders } from "../../console";
import { plans } from "../../orchestrations/plans";
import { readGate } from "../../shared/ledger/gates";
import { holds } from "../../shared/ledger/holds";
import { listIncidents } from "../../shared/ledger/incidents";
import { readStop } from "../../shared/ledger/limits";
import { TEST_SECRETS } from "../support/estate";
import { API_KEY, ask, openGuarded, roles, type Guarded, type Role } from "../support/guarded";

/**
 * Who may call what. `everybody`: no secret is needed. `signature`: each request is signed. `operators`: a key,
 * or the sign-in of a person of the configuration. `link`: whoever has the link sees and rejects; approving
 * takes a proof of the person besides.
 */
type Guard = "everybody" | "signature" | "operators" | "link";

const guards: Record<string, Guard> = {
  "GET api/health": "everybody",
  "HEAD api/health": "everybody",
  "GET console.css": "everybody",
  "GET console.js": "everybody",
  "POST api/alerts/nagios": "signature",
  "GET gates/{token}": "link",
  "HEAD gates/{token}": "link",
  "POST gates/{token}/approve": "link",
  "POST gates/{token}/reject": "link",
  "POST gates/{token}/classify": "link",
  "GET {ignored:maxlength(0)?}": "operators",
  "HEAD {ignored:maxlength(0)?}": "operators",
  "GET incidents/{id}": "operators",
  "HEAD incidents/{id}": "operators",
  "GET api/incidents": "operators",
  "GET api/incidents/{id}": "operators",
  "POST api/incidents/{id}/acknowledge": "operators",
  "GET api/stop": "operators",
  "POST api/stop": "operators",
  "DELETE api/stop": "operators",
  "GET api/holds": "operators",
  "POST api/holds": "operators",
  "DELETE api/holds": "operators",
  "GET api/plans": "operators",
  "POST api/plans/{plan}/runs": "operators",
};

const DOCS = join(__dirname, "../../docs/security.md");
const UNKNOWN_LINK = "A".repeat(43);

type Cell = { role: Role; status: number; shown: string; headers: Headers; body: string };

describe("every registered route, asked by everybody", () => {
  let guarded: Guarded;
  const table = new Map<string, Cell[]>();
  beforeAll(async () => {
    guarded = await openGuarded();
    for (const [at, route] of registered().entries()) {
      // The limits of a minute are tested elsewhere.
      if (at % 8 === 7) guarded.drill.company.advanceTo(later(61_000));
      table.set(route, await row(route));
    }
  }, 120_000);
  afterAll(async () => guarded.end());

  const later = (ms: number) => new Date(Date.parse(guarded.drill.company.now()) + ms).toISOString();
  const registered = () =>
    guarded.drill
      .host()
      .functions()
      .flatMap(({ route, methods }) => (methods ?? []).map((method) => `${method} ${route}`));

  async function row(route: string): Promise<Cell[]> {
    const cells: Cell[] = [];
    for (const role of roles) cells.push(await cell(route, role));
    return cells;
  }

  async function cell(route: string, role: Role): Promise<Cell> {
    const [method = "", template = ""] = route.split(" ");
    const hasLink = role === "link" || role === "linkAndSignIn";
    const base = template.endsWith("/classify") ? guarded.classify : guarded.link.path;
    const token = hasLink ? (base.split("/").at(-1) ?? "") : UNKNOWN_LINK;
    const path = template
      .replace(/\{ignored.*\}/, "")
      .replace("{token}", token)
      .replace("{id}", guarded.incident)
      .replace("{plan}", plans[0]?.name ?? "");
    const form = guarded.drill.world.links.formToken(token);
    // All that the route asks for, but no proof of a person; and no reason to reject, so that nothing is rejected.
    const reason = template.endsWith("/reject") ? "" : "a release is going out";
    const filled = { by: "bo", target: "lb-1", system: "load-balancer", because: reason, for: "1h" };
    const fields = { ...filled, form, plan: guarded.link.plan, candidate: "none", reason };
    const sent = method === "GET" || method === "HEAD" ? undefined : fields;
    const answer = await ask(guarded.drill, method, `/${path}`, guarded.credentials(role), sent);
    const body = await answer.text();
    return { role, status: answer.status, shown: shown(answer.status, body), headers: answer.headers, body };
  }

  test("has a guard, and no guard is left over", () => {
    expect(Object.keys(guards).sort()).toEqual(registered().sort());
  });

  test.each(Object.entries(guards))("%s is for %s", (route, guard) => {
    const answers = Object.fromEntries((table.get(route) ?? []).map((one) => [one.role, one.shown]));
    expect(answers).toEqual(expected(route, guard));
  });

  test("and every answer carries the policy, and nothing that opens the engine", () => {
    const { system, master, host } = guarded.drill.host().keys();
    const secrets = [...Object.values(TEST_SECRETS), API_KEY, system, master, host].filter(Boolean);
    const cells = [...table].flatMap(([route, row]) => row.map((one) => ({ route, ...one })));
    expect(cells.length).toBeGreaterThan(150);
    for (const { route, role, headers, body } of cells) {
      const where = `${route} as ${role}`;
      for (const [name, value] of Object.entries(securityHeaders())) {
        const wanted = name === "Referrer-Policy" ? "same-origin" : value;
        expect(`${where}: ${name}: ${headers.get(name)}`).toBe(`${where}: ${name}: ${wanted}`);
      }
      expect(headers.get("access-control-allow-origin")).toBeNull();
      const text = `${[...headers].join("\n")}\n${body}`;
      for (const secret of [...secrets, "code=", "/runtime/webhooks", "x-functions-key"])
        expect({ where, has: secret, text: text.includes(secret) }).toMatchObject({ text: false });
    }
  });

  test("and nothing was decided, lifted or started but by who had proven who they are", async () => {
    const { drill, incident } = guarded;
    const gate = await readGate(drill.ledger, incident, "out-1");
    expect(gate?.votes).toMatchObject([{ person: "bo", vote: "approve" }]);
    expect(await readStop(drill.ledger)).toMatchObject({ by: "bo" });
    expect(await holds(drill.ledger, drill.company.now())).toHaveLength(1);
    expect(await listIncidents(drill.ledger)).toHaveLength(1);
  });

  test("is in docs/security.md: `UPDATE_DOCS=1 npx jest test/functions/authorisation.test.ts` writes it again", () => {
    const lines = Object.keys(guards).map((route) => {
      const cells = (table.get(route) ?? []).map((one) => one.shown);
      const readable = route.replace("{ignored:maxlength(0)?}", "").replace(" ", " /");
      return `| \`${readable}\` | ${cells.join(" | ")} |`;
    });
    const head = "| request | nobody | wrong key | key | other sign-in | person | link | link and sign-in |";
    const text = [head, `|${" --- |".repeat(roles.length + 1)}`, ...lines].join("\n");
    const page = readFileSync(DOCS, "utf8");
    const written = page.replace(/(<!-- matrix -->\n)[^]*(<!-- end of matrix -->)/, `$1\n${text}\n\n$2`);
    if (process.env["UPDATE_DOCS"]) writeFileSync(DOCS, written);
    expect(readFileSync(DOCS, "utf8")).toContain(`\n${text}\n`);
  });
});

/** `in`: past the door, and done, or refused for its content. `code`: past the door, and it takes a proof of the person. */
function shown(status: number, body: string): string {
  if (status === 403 && body.includes('"NOT_ALLOWED"')) return "code";
  if (status === 400 && body.includes('id="code-problem"')) return "code";
  return status < 300 || status === 303 || status === 400 ? "in" : String(status);
}

function expected(route: string, guard: Guard): Record<Role, string> {
  const all = (text: string) => Object.fromEntries(roles.map((role) => [role, text])) as Record<Role, string>;
  switch (guard) {
    case "everybody":
      return all("in");
    case "signature":
      return all("401");
    case "link":
      if (route.endsWith("/classify")) return { ...all("404"), link: "code", linkAndSignIn: "in" };
      return { ...all("404"), link: route.endsWith("/approve") ? "code" : "in", linkAndSignIn: "in" };
    case "operators": {
      const inside = /acknowledge$|runs$|^DELETE/.test(route) ? "code" : "in";
      return { ...all("401"), key: inside, person: inside, linkAndSignIn: inside, stranger: "403" };
    }
  }
}
