import { useKeyFetch } from "../../functions/edge/sign-in";
import { openClassification } from "../../shared/ledger/classification";
import type { Estate } from "../../shared/estate";
import { startDrill, type Drill } from "./drill";
import { goodClaims, testEntra, type Entra } from "./entra";
import { hasLink, openLink, type Link } from "./people";

export const API_KEY = "the-key-of-the-tests-0123456789abcdef0123456789";
export const BO = "bbbbbbbb-1111-4222-8333-444444444444";
const STRANGER = "dddddddd-1111-4222-8333-444444444444";

/** Who asks. `linkAndSignIn`: the person of the link, signed in. */
export const roles = ["anybody", "wrongKey", "key", "stranger", "person", "link", "linkAndSignIn"] as const;
export type Role = (typeof roles)[number];

/** A company on the internet, with an incident that waits for people. */
export type Guarded = {
  drill: Drill;
  entra: Entra;
  incident: string;
  /** Bo's links: to the decision, and to a classification. */
  link: Link;
  classify: string;
  credentials(role: Role): Record<string, string>;
  end(): Promise<void>;
};

/** Opens to the internet what was set up on this machine: links are found in messages, and incidents by the API. */
export async function openGuarded(): Promise<Guarded> {
  const entra = testEntra();
  process.env["SWITCHOVER_API_KEY"] = API_KEY;
  useKeyFetch(entra.fetch);
  const drill = await startDrill({ mode: "straight", tune: (estate) => guard(estate, entra) });
  await drill.advance(31_000);
  drill.company.break("balancer-host-down");
  await drill.until("the manager is asked", () => hasLink(drill, "bo"));
  const link = await openLink(drill, "bo");
  const incident = (await drill.incidents())[0]?.id ?? "";
  const token = drill.world.links.token(incident, "classify-9", "bo");
  await openClassification(
    drill.ledger,
    incident,
    {
      id: "classify-9",
      openedAt: drill.company.now(),
      asked: ["bo"],
      says: "Unclear.",
      candidates: [],
      chosen: null,
    },
    [{ hash: drill.world.links.hashOf(token), person: "bo" }],
  );
  drill.estate.baseUrl = "https://switchover.example.net";
  const signedIn = (oid: string) => ({
    ...entra.headers(oid, goodClaims(drill.company.now())),
    "sec-fetch-site": "same-origin",
  });
  const credentials: Record<Role, () => Record<string, string>> = {
    anybody: () => ({}),
    wrongKey: () => ({ "x-switchover-key": API_KEY.replace("0", "1") }),
    key: () => ({ "x-switchover-key": API_KEY }),
    stranger: () => signedIn(STRANGER),
    person: () => signedIn(BO),
    link: () => ({}),
    linkAndSignIn: () => signedIn(BO),
  };
  return {
    drill,
    entra,
    incident,
    link,
    classify: `/gates/${token}`,
    credentials: (role) => credentials[role](),
    async end() {
      useKeyFetch(undefined);
      delete process.env["SWITCHOVER_API_KEY"];
      await drill.end();
    },
  };
}

function guard(estate: Estate, entra: Entra): void {
  estate.auth = {
    apiKey: "env:SWITCHOVER_API_KEY",
    easyAuth: { tenant: entra.tenant, audience: entra.audience },
  };
  for (const person of estate.people) if (person.name === "bo") person.entra = { oid: BO };
}

/** A request as a program sends it. Fields are sent as JSON. */
export async function ask(
  drill: Drill,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  fields?: Record<string, string>,
): Promise<Response> {
  const body = fields === undefined ? null : JSON.stringify(fields);
  return await drill.host().fetch(
    new Request(`http://localhost${path}`, {
      method,
      redirect: "manual",
      body,
      headers: { ...headers, ...(body === null ? {} : { "content-type": "application/json" }) },
    }),
  );
}
