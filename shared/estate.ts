import { z } from "zod";
import { runtimeTls } from "./estate-door";
import { mail } from "./estate-mail";
import { isFinding } from "./finding";
import { secret } from "./references";
import { canonical } from "./hosts";
import { vm } from "./machine";
import { span, milliseconds } from "./span";
import { windows } from "./estate-windows";

/**
 * The estate: everything Switchover knows about the company it protects, from `switchover.yaml`.
 * Nothing about a company is in code. Secrets are never written in the file: `env:NAME` says which
 * environment variable (an app setting, or a Key Vault reference, on Azure) holds each. What a setting
 * means to whoever writes the file is said in shared/estate-settings.ts.
 */

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const name = z.string().regex(NAME, "use lower-case letters, digits and dashes, 63 at most");
/** In one spelling, whatever the file has: records and answers of others are compared with it. */
const address = z.union([z.ipv4(), z.ipv6()]).transform(canonical);
const port = z.int().min(1).max(65_535);
const path = z.string().startsWith("/");
const guid = z.guid("write the id as Entra shows it, such as 72f988bf-86f1-41af-91ab-2d7cd011db47");
/** A time span: "500ms", "30s", "5m", "1h", "7d". */
const balancer = z.strictObject({
  name,
  address,
  port,
  /** HAProxy's Runtime API: `tcp://address:port`, `tls://address:port` (a door that HAProxy guards) or `unix:///path`. */
  runtimeApi: z.string().regex(/^(t(?:cp|ls):\/\/[^/]+:\d+|unix:\/\/\/.+)$/),
  /** What opens a `tls://` door, and how it is known to be the right one. */
  runtimeTls: runtimeTls.optional(),
  /** The HAProxy backend whose servers are the API servers. */
  backend: name,
  standby: z.boolean().default(false),
  /** Its machine in Azure: whether it runs, and starting it or its service. */
  vm: vm.optional(),
});

const server = z.strictObject({
  name,
  address,
  port,
  role: z.enum(["main", "backup"]),
  vm: vm.optional(),
});

/** How the machines of `vm` are asked and started. */
const azure = z.strictObject({
  /** Azure Resource Manager: of a sovereign cloud, or the sandbox's. */
  endpoint: z.url().default("https://management.azure.com"),
  /** Who signs in. `default` tries the environment, a managed identity and the developer's tools, in this order. */
  credential: z.enum(["default", "managed-identity", "cli"]).default("default"),
  /** The Entra tenant of the machines, where the credential knows several. */
  tenant: guid.optional(),
  /** Of a user-assigned managed identity: its client id. */
  clientId: guid.optional(),
  /** For the sandbox only, which nobody signs in to: what it takes as a token. */
  token: secret.optional(),
});

const role = z.enum(["on-call", "manager", "developer", "administrator"]);

/** Ways to reach a person. An address that lets whoever has it write in our name is a secret. */
const channel = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), address: z.email() }),
  /** An incoming webhook of Slack. */
  z.strictObject({ kind: z.literal("slack"), webhook: secret }),
  /** The webhook of a workflow in Teams. */
  z.strictObject({ kind: z.literal("teams"), webhook: secret }),
  /** The integration key of Events API v2. */
  z.strictObject({
    kind: z.literal("pagerduty"),
    routingKey: secret,
    region: z.enum(["us", "eu"]).default("us"),
  }),
  z.strictObject({ kind: z.literal("webhook"), url: z.url() }),
  /** A line of this process's output. */
  z.strictObject({ kind: z.literal("console") }),
]);

const person = z.strictObject({
  name,
  fullName: z.string().min(1),
  role,
  /** Told instead, when no channel of this person takes the message. */
  deputy: name.optional(),
  /** Base32 secret of the person's one-time codes (RFC 6238). */
  totp: secret,
  /** The person's object id in Entra, for signing in where `auth.easyAuth` is on. Never an e-mail address (S-04). */
  entra: z.strictObject({ oid: guid }).optional(),
  /** Tried in this order until one takes the message. */
  channels: z.array(channel).default([]),
  /** Where messages for this person are POSTed as JSON, after the channels. */
  webhook: z.url().optional(),
});

const nameServers = z.array(z.strictObject({ address, port: port.default(53) }));

export const estateSchema = z.strictObject({
  company: z.string().min(1),
  service: z.strictObject({
    /** What customers ask for, by this name, through normal resolution. */
    hostname: z.hostname(),
    port: port.default(80),
    /** Customers speak TLS. Left out: when the port is 443. */
    tls: z.boolean().optional(),
    /** The path the load balancer's own health check asks. */
    healthPath: path,
    /** A path that does what customers do; 2xx means served. */
    customerPath: path,
    /** Answers of `customerPath` are JSON with `by`, the server's own name: a 2xx without one is a stranger's. */
    answersNameServer: z.boolean().optional(),
    /** New sessions a second in the busiest hour, as a load balancer counts them. Ten times as many is an attack. */
    busiestRate: z.number().positive().optional(),
    /** A name under another domain and DNS provider that leads straight to a balancer: for when CloudFlare can't be changed. */
    breakGlass: z
      .strictObject({
        hostname: z.hostname(),
        port: port.default(80),
        /** That provider's own name servers. */
        servers: nameServers.min(1),
      })
      .optional(),
  }),
  dns: z.strictObject({
    /** Where the vantages look the name up, in turn, before they ask as customers do. */
    servers: nameServers.min(1),
    /** The zone's own name servers; left out, `servers` are these. */
    authoritative: nameServers.min(1).optional(),
    /** Resolvers that customers use: each is asked too, since they remember an old address for its TTL. */
    resolvers: nameServers.max(20).optional(),
  }),
  cloudflare: z.strictObject({
    api: z.url().default("https://api.cloudflare.com/client/v4"),
    token: secret,
    zone: z.strictObject({ id: z.string().min(1), name: z.hostname() }),
    /**
     * Where proxied names lead, to look at the edge by itself. `canary` is a name of the zone that stays proxied
     * when the service's own name is not.
     */
    edge: z.strictObject({ address, port, canary: z.hostname().optional() }).optional(),
  }),
  azure: azure.optional(),
  balancers: z.array(balancer).min(1),
  servers: z.array(server).min(1),
  vantages: z
    .array(z.strictObject({ name, url: z.url(), secret }))
    .min(2, "two vantages at least: one can't confirm"),
  people: z.array(person).min(1),
  /** Who is on call when, `from` until `until`; outside every entry, whoever has the role. */
  onCall: z
    .array(z.strictObject({ person: name, from: z.iso.datetime(), until: z.iso.datetime() }))
    .default([]),
  /** The server that takes e-mails; needed when somebody has an e-mail channel. */
  mail: mail.optional(),
  nagios: z.strictObject({ secret }),
  /** Our own address, as people reach it. Never inside the estate (promise 12). */
  baseUrl: z.url(),
  /** Who may see the console and the API. Without any of it they open only where `baseUrl` is this machine. */
  auth: z
    .strictObject({
      /** For programs: the header `x-switchover-key`. */
      apiKey: secret.optional(),
      /** App Service Authentication stands in front: the tenant, and the app registration that tokens are for. */
      easyAuth: z.strictObject({ tenant: guid, audience: z.string().min(1) }).optional(),
    })
    .prefault({}),
  policy: z
    .strictObject({
      /** Findings that may be acted on without asking. Everything else is proposed. */
      automatic: z.array(z.string().refine(isFinding, "is not a finding; see docs/findings.md")).default([]),
      automaticPerHour: z.int().min(0).max(100).default(3),
      gateExpiresAfter: span.default(milliseconds("30m")),
      /**
       * Who is told of a question that is open, and when after its opening. Each level is told once, until
       * somebody acknowledges the incident or the question is decided. Nothing ever proceeds by itself.
       */
      escalation: z
        .array(z.strictObject({ tell: z.array(role).min(1), after: span }))
        .min(1)
        .prefault([
          { tell: ["on-call", "manager"], after: "0s" },
          { tell: ["developer", "administrator"], after: "15m" },
        ]),
      windows: windows.prefault({}),
    })
    .prefault({}),
});

export type Estate = z.output<typeof estateSchema>;
export type Azure = NonNullable<Estate["azure"]>;
export type Balancer = Estate["balancers"][number];
export type Server = Estate["servers"][number];
export type Person = Estate["people"][number];
export type Channel = Person["channels"][number];
export type Mail = NonNullable<Estate["mail"]>;
export type Role = Estate["people"][number]["role"];
export type Level = Estate["policy"]["escalation"][number];
export type Windows = Estate["policy"]["windows"];
