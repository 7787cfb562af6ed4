import type { z } from "zod";
import type { estateSchema } from "./estate";

/**
 * What each setting of `switchover.yaml` means: the one place where it is said. Editors show it while the file
 * is written (docs/switchover.schema.json), and docs/configuration.md has its tables from here
 * (`npm run documents`). A setting that is new in shared/estate.ts does not compile until it is explained.
 */
export const settings: Record<Setting, string> & Partial<Record<Section, string>> = {
  company: "its name, as pages and messages say it",
  "service.hostname": "the name that customers use. It lies inside `cloudflare.zone.name`",
  "service.port": "the port that customers use",
  "service.tls":
    "`true` when customers use HTTPS. Left out: when `service.port` is 443. Vantages then ask the edge and the balancers by HTTPS, with `service.hostname` as the name in the handshake, and say what certificate they were shown; so are servers that listen at `service.port`. They trust what Node trusts: for an authority of your own, start each vantage with `NODE_EXTRA_CA_CERTS=/path/to/it.pem`",
  "service.healthPath": "the path that the load balancer's own health check asks",
  "service.customerPath":
    "a path that does what customers do; an answer 2xx means that they are served. Choose one that needs the database: it is how a server is found that is healthy only for its health check",
  "service.busiestRate":
    "new sessions a second that your load balancers count in the busiest hour (`SessRate` of HAProxy's `show info`). Ten times as many are taken for an attack: CloudFlare is not bypassed then, and `under-attack` is found when customers fail. Without it nobody can tell an attack",
  "service.breakGlass":
    "a name under another domain, registrar and DNS provider that leads straight to a load balancer, for when CloudFlare can't be changed. The vantages look at it, and `edge-and-api-down` says whether it answers",
  "service.breakGlass.hostname": "that name, known to those who must reach you then",
  "service.breakGlass.port": "the port behind that name",
  "service.breakGlass.servers[]":
    "that provider's own name servers, one at least; none of them may be in `dns.servers`",
  "service.breakGlass.servers[].address": "the server's address",
  "service.breakGlass.servers[].port": "the port it answers at",

  "service.answersNameServer":
    "`true` when the answers of `customerPath` are JSON with `by`, the name of the server as in `servers[].name`. A 2xx without such a name then counts as a failure: it is not yours, as when a record was hijacked. Left out, any 2xx counts",

  "dns.servers[]":
    "where the vantages look the name up, in turn, before they ask as customers do; one at least. Without `dns.authoritative` they are the zone's own servers. With resolvers here, the vantages see what a resolver remembers, as customers do",
  "dns.servers[].address": "the server's address",
  "dns.servers[].port": "the port it answers at",
  "dns.authoritative[]": "the zone's own name servers, where `dns.servers` are others",
  "dns.authoritative[].address": "the server's address",
  "dns.authoritative[].port": "the port it answers at",
  "dns.resolvers[]":
    "resolvers that your customers use, 20 at most. Each is asked too: after a switch it is said which of them still gives the old address, and for how long",
  "dns.resolvers[].address": "the resolver's address",
  "dns.resolvers[].port": "the port it answers at",

  "cloudflare.api":
    "the API's address. `https://`, except on this machine: the token would be readable on the way",
  "cloudflare.token": "`env:NAME` of the API token",
  "cloudflare.zone.id": "the zone's id, from the zone's overview page",
  "cloudflare.zone.name": "the zone's name. Records outside it are never read or changed",
  "cloudflare.edge":
    "an address and a port where proxied names lead. The sandbox needs it. A real company's edge is looked at there by itself, so that a dead edge and a dead origin are told apart. Once CloudFlare was bypassed, going home waits until the edge is seen to be well",
  "cloudflare.edge.address": "that address",
  "cloudflare.edge.port": "that port",
  "cloudflare.edge.canary":
    "a name of the same zone that is always proxied and leads to a load balancer. While CloudFlare is bypassed, its edge does not answer for `service.hostname`; by this name it is seen to be well again. Without it going home from a bypass is never proposed",

  "azure.endpoint":
    "Azure Resource Manager; a sovereign cloud has its own. Without TLS only for the sandbox, on this machine",
  "azure.credential":
    "who signs in: `managed-identity`, `cli` (whoever ran `az login` here), or `default`, which tries the environment (`AZURE_CLIENT_ID` …), a managed identity and the developer's tools in this order",
  "azure.tenant": "the Entra tenant of the machines, where whoever signs in has several",
  "azure.clientId": "the client id of a user-assigned managed identity",
  "azure.token":
    "for the sandbox only: `env:NAME` of what it takes as a token. Refused with any endpoint that is not this machine",

  "balancers[].name": "its name",
  "balancers[].address":
    "the address where it takes requests. DNS is pointed at this address when Cloudflare is bypassed",
  "balancers[].port": "the port where it takes requests",
  "balancers[].runtimeApi":
    "HAProxy's Runtime API: `tls://address:port`, a [door that HAProxy guards](#a-guarded-door), `unix:///path`, or `tcp://address:port`. It has no password of its own: a Unix socket, or TCP without the guard, must be out of everybody else's reach. Switchover sends `show stat`, `show info` and `set server … state …`, nothing else",
  "balancers[].runtimeTls.certificate":
    "for `tls://`: the client certificate that opens the door; PEM, as `env:NAME` or `file:/path` (read anew each time)",
  "balancers[].runtimeTls.key": "its key, by reference too",
  "balancers[].runtimeTls.ca":
    "who has signed the door's own certificate; PEM, by reference too. Nobody else is trusted",
  "balancers[].runtimeTls.serverName":
    "the name in the door's certificate. Left out, the certificate must have the address",
  "balancers[].backend": "the HAProxy backend whose servers are your API servers",
  "balancers[].vm.id":
    "the machine's resource id, `/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/virtualMachines/…`. One machine a part",
  "balancers[].vm.service":
    "the systemd service on the machine that makes the part serve, such as `haproxy`. It must be enabled, so that it starts with the machine",
  "balancers[].standby": "`true` for one that gets no traffic until the others fail",

  "servers[].vm.id":
    "the machine's resource id, `/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/virtualMachines/…`. One machine a part",
  "servers[].vm.service":
    "the systemd service on the machine that makes the part serve, such as `haproxy`. It must be enabled, so that it starts with the machine",
  "servers[].name": "its name, as in haproxy.cfg",
  "servers[].address":
    "the address where it takes requests. DNS may be pointed at this address when no balancer is left",
  "servers[].port": "the port where it takes requests",
  "servers[].role": "`main`, or `backup` for HAProxy's `backup` servers",

  "vantages[].name":
    "its name. The vantage must answer with the same one: two entries that lead to one process would count one look twice",
  "vantages[].url": "its address, `https://` or `http://`; questions go to `/api/observe` below it",
  "vantages[].secret": "`env:NAME` of the secret that signs the questions",

  "people[].name": "a short name, for the record",
  "people[].fullName": "the name that pages show",
  "people[].role": "`on-call`, `manager`, `developer` or `administrator`",
  "people[].deputy": "who is told instead, when no channel of this person takes the message",
  "people[].totp":
    "`env:NAME` of the secret of the person's one-time codes. `switchover enrol PERSON` makes one, shows it as a QR code, and makes the person's recovery codes",
  "people[].entra.oid":
    "the person's object id in Entra, where `auth.easyAuth` is on. Not the e-mail address, which can be given to somebody else. Each account is one person's",
  "people[].channels[]": "the ways to reach the person, tried in this order until one takes the message",
  "people[].channels[].kind":
    "`email`, `slack`, `teams`, `pagerduty`, `webhook` or `console`. The console takes every message, so it is the last",
  "people[].channels[].address": "`email`: the person's address",
  "people[].channels[].webhook": "`slack`, `teams`: `env:NAME` of the webhook's address, which is a secret",
  "people[].channels[].routingKey": "`pagerduty`: `env:NAME` of the integration key of Events API v2",
  "people[].channels[].region": "`pagerduty`: `us` or `eu`, where the account is",
  "people[].channels[].url": "`webhook`: where messages are POSTed as JSON, as for `people[].webhook`",
  "people[].webhook":
    "tried after the channels: where messages are POSTed as JSON. It lies outside the estate. `https://`, except on this machine. Whoever knows it can write to the person, so errors don't print its path",

  "onCall[]":
    "a dated list; while an entry holds, the person named there is told instead of everybody with the role `on-call`",
  "onCall[].person": "a name of `people[]`",
  "onCall[].from": "the instant from which the entry holds, in UTC: `2026-11-24T08:00:00Z`",
  "onCall[].until": "the instant at which it no longer holds",

  mail: "the server that takes e-mails; needed when somebody has an e-mail channel",
  "mail.server":
    "`smtp://host:port` (587 when no port is given), which turns to TLS when the server offers it, or `smtps://host:port` (465)",
  "mail.from": "the sender's address",
  "mail.user":
    "`env:NAME` of the account's name; with it goes `mail.password`, and TLS is required then, except on this machine",
  "mail.password": "`env:NAME` of the account's password",

  "nagios.secret": "`env:NAME` of the secret with which the forwarder on the Nagios machine signs alerts",
  baseUrl:
    "Switchover's own address, as people reach it. Links begin with it, and one-time codes are sent to it: `https://`, except on this machine",

  "auth.apiKey":
    "`env:NAME` of the key that programs send in the header `x-switchover-key`: 32 characters or more, `openssl rand -hex 32`. It is not taken from addresses, which end up in logs",
  "auth.easyAuth.tenant": "the id of the Entra tenant, when App Service Authentication stands in front",
  "auth.easyAuth.audience": "what its tokens are for: the client id of the app registration",

  "policy.automatic":
    "findings (docs/findings.md) that may be acted on without asking. Everything else is proposed",
  "policy.automaticPerHour": "automatic recoveries in an hour, at most; 0 stops them all",
  "policy.gateExpiresAfter": "how long a question to people stays open",
  "policy.escalation[]":
    "who is told of an open question, level by level, until somebody acknowledges the incident or the question is decided. Nothing ever proceeds by itself. When it is left out, on-call and manager are told at once, the others after 15 minutes",
  "policy.escalation[].tell": "the roles of this level",
  "policy.escalation[].after": "how long after the question was opened",

  "policy.windows.secondLook": "between two looks before suspicion becomes an incident",
  "policy.windows.lookAgain": "between two looks of a diagnosis that is not conclusive yet",
  "policy.windows.classifyByHand": "inconclusive for this long: a person is asked to classify",
  "policy.windows.escalate":
    "unclear for this long: the incident ends handed over, and everybody is told. A plan that meets a stop or a hold waits about as long, then is handed over. And when people don't grant going home, they are left alone for this long before they are asked again",
  "policy.windows.gateTick": "how often a waiting recovery reads its gate even when no bell rings",
  "policy.windows.verify": "how long verification may take before the plan is undone",
  "policy.windows.verifyEvery": "between two looks of the verification",
  "policy.windows.probation": "how long the same vantages watch after the switch before it counts",
  "policy.windows.probationEvery": "between two looks of the probation",
  "policy.windows.wellFor": "how long a part that was taken out must be well before it goes back",
  "policy.windows.wellEvery": "between two looks at such a part",
  "policy.windows.block": "no automatic recovery of the same system again within this time",
  "policy.windows.stalled":
    "no progress for this long: somebody is paged and the orchestration gets a successor. At least `75s`: a healthy step can be seen 57 s late, a timer 70 s",
};

type Written = z.input<typeof estateSchema>;

/** Everything that can be set, by its path: `balancers[].name`. */
export type Setting = LeafOf<Written, "">;

/** What has settings in it; explained where its name alone doesn't do. A list is `onCall[]`. */
export type Section = SectionOf<Written, "">;

type Below<Path extends string, Name extends string> = Path extends "" ? Name : `${Path}.${Name}`;

type LeafOf<T, Path extends string> = T extends readonly (infer Item)[]
  ? Item extends object
    ? LeafOf<Item, `${Path}[]`>
    : Path
  : T extends object
    ? { [K in keyof T & string]-?: LeafOf<NonNullable<T[K]>, Below<Path, K>> }[keyof T & string]
    : Path;

type SectionOf<T, Path extends string> = T extends readonly (infer Item)[]
  ? Item extends object
    ? SectionOf<Item, `${Path}[]`>
    : never
  : T extends object
    ?
        | Exclude<Path, "">
        | { [K in keyof T & string]-?: SectionOf<NonNullable<T[K]>, Below<Path, K>> }[keyof T & string]
    : never;
