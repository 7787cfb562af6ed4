import type { Situation } from "../situation";

/**
 * Public outages: what this tool's probes would have met, and what it would have said. The accounts say what
 * broke; how it looks from two vantages at a company like ours is assumed where the comment says so.
 */
export const outages: Situation[] = [
  {
    // blog.cloudflare.com/cloudflare-dashboard-and-api-outage-on-april-15-2020: traffic was served. 2023-11-02 and 2025-09-12 look the same.
    name: "Cloudflare, 15 April 2020: dashboard and API down, traffic served: nothing to do, and nothing that could be done there",
    seen: { records: null },
    finding: "cloudflare-api-down",
    target: "cloudflare-api",
    confidence: "likely",
    runnerUp: "observers-suspect",
    missing: [/DNS provider's API did not answer/],
    answer: /nothing at CloudFlare is touched/,
  },
  {
    // blog.cloudflare.com/18-november-2025-outage: the proxy failed closed. That its API fails for us too is assumed: accounts differ.
    name: "Cloudflare, 18 November 2025: the edge answers 500, the API is out of reach: the edge, and no lever to pull",
    seen: { all: { customers: 500, edge: 500 }, records: null },
    finding: "edge-and-api-down",
    target: "edge",
    confidence: "confirmed",
    missing: [/DNS provider's API did not answer/],
    answer: /nothing there can be changed/,
  },
  {
    // Second-hand accounts: 1,100 prefixes withdrawn for 6 h. That ours is one of them, and that name servers and API stay, is assumed.
    name: "Cloudflare, 20 February 2026: the edge's addresses are withdrawn: the edge, though it sends no error",
    seen: { all: { customers: "silent", edge: "silent" } },
    finding: "edge-down",
    target: "edge",
    confidence: "confirmed",
    missing: [],
    answer: "unproxyRecords",
  },
  {
    // techcommunity.microsoft.com: its data plane crashed. A company that has Front Door where ours has CloudFlare is assumed.
    name: "Azure Front Door, 29 October 2025: the network in front crashes, while portal and sign-in fail too",
    seen: { all: { customers: 503, edge: 503 } },
    finding: "edge-down",
    target: "edge",
    confidence: "confirmed",
    missing: [],
    answer: "unproxyRecords",
  },
  {
    // Second-hand accounts: the name servers withdrew themselves, and the tools of recovery used the same network.
    name: "Facebook, 4 October 2021: everything is gone at once: no plan helps, so the observers are suspected and nothing is done",
    seen: {
      all: {
        customers: "silent",
        dns: "silent",
        edge: "silent",
        "lb-1": "silent",
        "api-main": "silent",
        "api-backup": "silent",
      },
      haproxy: { "lb-1": "silent" },
    },
    finding: "observers-suspect",
    confidence: "none",
    missing: [/balancer-view lb-1/],
    answer: /nothing is done/,
  },
  {
    // aws.amazon.com/message/101925: automation left a record set empty. That it is ours is assumed.
    name: "AWS us-east-1, 20 October 2025: the record set is empty: the records are wrong, and the plan creates none",
    seen: { all: { customers: "nothing", dns: "nothing" }, records: [] },
    finding: "dns-wrong-records",
    target: "shop.example.com",
    confidence: "confirmed",
    runnerUp: "unclear",
    missing: [],
    answer: "restoreRecords",
  },
  {
    // blog.rust-lang.org, DNS outage: a deployment removed the record and made it again. That a second API call finds it is assumed.
    name: "rust-lang, 25 January 2023: the name does not resolve, the record is there again: wait, caches will follow",
    seen: { all: { customers: "nothing", dns: "nothing" } },
    finding: "dns-unanswered",
    target: "shop.example.com",
    confidence: "confirmed",
    missing: [],
    answer: /name servers/,
  },
  {
    // github.blog/2012-09-14: load made the health check fail, and the failover made it an outage. That customers are still served is assumed.
    name: "GitHub, 10 September 2012: the health check fails under load, customers are served: doing nothing is right",
    seen: { all: { "api-main health": "silent" } },
    finding: "healthy",
    confidence: "confirmed",
    missing: [],
    answer: "Customers are served.",
  },
  {
    // github.blog/2018-10-30: 43 s of partition led to a promotion that took a day to mend.
    name: "GitHub, 21 October 2018: two places can't see each other for 43 s: the vantages disagree, and nobody acts on that",
    seen: {
      only: {
        dublin: { customers: "silent", "lb-1": "silent", "api-main": "silent", "api-backup": "silent" },
      },
    },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: /a person must classify/,
  },
  {
    // Second-hand availability report: a changed configuration broke the health checks' answers, and all were taken out. HAProxy does the same, assumed.
    name: "GitHub, 14 August 2024: every health check fails, every server serves when asked: suspect the checks, switch nothing",
    seen: {
      all: { customers: 503, edge: 503, "lb-1": 503, "api-main health": 503, "api-backup health": 503 },
      haproxy: { "lb-1": { "api-main": "DOWN", "api-backup": "DOWN" } },
    },
    finding: "unclear",
    confidence: "none",
    missing: [],
    answer: /a person must classify/,
  },
  {
    // stripe.com/rcas/2019-07-10: stalled nodes answered health checks. An API server in the place of their database is assumed.
    name: "Stripe, 10 July 2019: a node stalls and passes its health check: sick, and drained",
    seen: { all: { customers: 504, edge: 504, "lb-1": 504, "api-main customers": "silent" } },
    before: {},
    finding: "api-server-sick",
    target: "api-main",
    confidence: "confirmed",
    runnerUp: "bad-release",
    missing: [],
    answer: "drainSickServer",
  },
  {
    // aws.amazon.com/message/41926: too many servers of S3 were removed. That our servers need S3 to answer customers is assumed.
    name: "AWS S3, 28 February 2017: all servers fail alike, because what they need is gone: switching would not help",
    seen: {
      all: { customers: 500, edge: 500, "lb-1": 500, "api-main customers": 500, "api-backup customers": 500 },
    },
    finding: "all-api-servers-down",
    target: "api-servers",
    confidence: "confirmed",
    missing: [],
    answer: "startServers",
  },
  {
    // status.cloud.google.com, ow5i3PPK96RduMcb1SsW: blank fields crashed every instance. That ours are among those is assumed.
    name: "Google Cloud, 12 June 2025: every server crashes in a loop: the same, and HAProxy has taken all of them out",
    seen: {
      all: { customers: 503, edge: 503, "lb-1": 503, "api-main": "refused", "api-backup": "refused" },
      haproxy: { "lb-1": { "api-main": "DOWN", "api-backup": "DOWN" } },
    },
    finding: "all-api-servers-down",
    target: "api-servers",
    confidence: "confirmed",
    missing: [],
    answer: "startServers",
  },
];
