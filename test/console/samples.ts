import type { ConsoleView, GatePageView } from "../../console";
import type { GateView } from "../../shared/gate";
import type { IncidentDetail, IncidentSummary } from "../../shared/incident";
import type { Saw } from "../../shared/observation";
import type { PinnedPlan, RecordValue } from "../../shared/plan";

/** One night at Shop Ltd, for the tests of the pages. Fresh objects each time: tests may change them. */
export const NOW = "2027-03-14T02:14:30.000Z";
export const HASH = "9f2c41d07ab35e6688d0c1b2a3f4e5d69f2c41d07ab35e6688d0c1b2a3f4e5d6";
export const TOKEN = "form-token-of-the-tests";
const proxied: RecordValue = { type: "A", content: "203.0.113.10", proxied: true, ttl: 1 };
const direct: RecordValue = { type: "A", content: "203.0.113.20", proxied: false, ttl: 60 };

function samplePlan(): PinnedPlan {
  return {
    name: "point-dns-at-backup",
    title: "Point DNS at the backup server",
    incident: "inc-7k2m9x4q",
    finding: "balancer-host-down",
    system: "load-balancer",
    target: "shop.example.com",
    class: "exposing",
    quorum: 2,
    steps: [
      {
        id: "drain-main",
        says: "Take api-main out of lb-1, so that nothing is half served when it comes back.",
        change: { do: "setServerState", balancer: "lb-1", server: "api-main", old: "ready", new: "drain" },
        undo: { do: "setServerState", balancer: "lb-1", server: "api-main", old: "drain", new: "ready" },
      },
      {
        id: "point-record",
        says: "Point shop.example.com straight at api-backup, past CloudFlare and the load balancer.",
        change: {
          do: "pointRecord",
          record: "372e67954025e0ba6aaa6d586b9e0b59",
          hostname: "shop.example.com",
          old: proxied,
          new: direct,
          to: "api-backup",
        },
        undo: { none: "resolvers may keep the new address for 60 s after it is changed back" },
      },
    ],
    losses: [
      "CloudFlare's protection against floods: the address of api-backup becomes public.",
      "Health checks between customers and servers: nothing takes api-backup out if it breaks.",
    ],
    wayBack: "Point the record at lb-1 again, proxied, once lb-1 has been healthy for 10 minutes.",
    evidence: [
      "warsaw and dublin can't connect to lb-1 at 203.0.113.10:443 (refused, five times in 10 s).",
      "Both reach api-backup directly: 200 in 12 ms.",
      "CloudFlare's own status says the edge is up.",
    ],
    requestedBy: null,
    home: { item: "shop.example.com bypasses CloudFlare and lb-1.", asks: true },
  };
}

function sampleSummary(): IncidentSummary {
  return {
    id: "inc-7k2m9x4q",
    system: "load-balancer",
    finding: "balancer-host-down",
    state: "awaiting-approval",
    outcome: null,
    openedAt: "2027-03-14T02:08:12.000Z",
    closedAt: null,
    says: "The load balancer lb-1 is gone: customers get no answer from shop.example.com.",
  };
}

function sampleGate(): GateView {
  return {
    id: "gate-1",
    state: "pending",
    planHash: HASH,
    quorum: 2,
    asked: ["ann", "bo", "cy"],
    openedAt: "2027-03-14T02:09:40.000Z",
    expiresAt: "2027-03-14T02:39:40.000Z",
    decidedAt: null,
    says: "Waiting for two people to approve.",
    votes: [{ person: "cy", vote: "approve", reason: null, at: "2027-03-14T02:12:05.000Z", planHash: HASH }],
  };
}

export function sampleGateView(): GatePageView {
  return {
    company: "Shop Ltd",
    incident: sampleSummary(),
    gate: sampleGate(),
    plan: samplePlan(),
    person: { name: "bo", fullName: "Bo Lind", role: "manager" },
    formToken: TOKEN,
    approveUrl: "/gates/inc-7k2m9x4q/gate-1/t0k3n/approve",
    rejectUrl: "/gates/inc-7k2m9x4q/gate-1/t0k3n/reject",
    now: NOW,
  };
}

export function sampleIncident(): IncidentDetail {
  const line = (at: string, stage: string, says: string, by = "switchover") => ({
    at: `2027-03-14T${at}.000Z`,
    stage,
    says,
    by,
  });
  return {
    ...sampleSummary(),
    timeline: [
      line(
        "02:08:12",
        "detect",
        "warsaw got no answer from shop.example.com; a second look 2 s later said the same.",
      ),
      line(
        "02:08:14",
        "detect",
        "Opened an incident, because two vantages agree and no other system turned red.",
      ),
      line(
        "02:08:31",
        "diagnose",
        "The load balancer's host is down: both vantages are refused, DNS and CloudFlare answer.",
      ),
      line(
        "02:08:32",
        "diagnose",
        "Runner-up: its process is down. Set aside, because the host doesn't answer on any port.",
      ),
      line(
        "02:09:38",
        "fix",
        "Did not act by itself, because balancer-host-down is not armed in the configuration.",
      ),
      line("02:09:40", "escalate", "Asked ann, bo and cy to approve plan 9f2c41d07ab3."),
      line("02:12:05", "gate", "Approved by cy; one more approval is needed.", "cy"),
    ],
    observations: [
      { by: "warsaw", of: { kind: "balancer", name: "lb-1" }, saw: "down", says: "refused after 3 ms" },
      { by: "dublin", of: { kind: "customers" }, saw: "down", says: "522 from the edge" },
      {
        by: "warsaw",
        of: { kind: "server-customers", name: "api-backup" },
        saw: "healthy",
        says: "200 in 12 ms",
      },
      {
        by: "lb-1",
        of: { kind: "balancer-view", name: "lb-1" },
        saw: "unknown",
        says: "its Runtime API does not answer",
      },
    ],
    plan: samplePlan(),
    gates: [sampleGate()],
    exposures: [
      {
        id: "item-1",
        says: "shop.example.com bypasses CloudFlare: the address of api-backup is public.",
        owner: "ann",
        openedAt: "2027-03-14T02:13:00.000Z",
        dueAt: "2027-03-15T02:13:00.000Z",
        closedAt: null,
        closedSays: null,
      },
    ],
    effects: [
      {
        at: "2027-03-14T02:13:00.000Z",
        step: "drain-main",
        resource: "lb-1/api-main",
        old: "ready",
        new: "drain",
        outcome: "done",
      },
    ],
  };
}

/** Who saw what, by the two vantages. */
function seen(warsaw: Saw, dublin: Saw) {
  return [
    { who: "warsaw", saw: warsaw },
    { who: "dublin", saw: dublin },
  ];
}

export function sampleConsole(): ConsoleView {
  const closed = (
    id: string,
    finding: IncidentSummary["finding"],
    outcome: IncidentSummary["outcome"],
    day: string,
  ): IncidentSummary => ({
    ...sampleSummary(),
    id,
    finding,
    system: "api-servers",
    state: "closed",
    outcome,
    openedAt: `2027-03-${day}T11:00:00.000Z`,
    closedAt: `2027-03-${day}T11:04:10.000Z`,
    says: "Customers are served again.",
  });
  return {
    company: "Shop Ltd",
    now: NOW,
    incidents: [
      sampleSummary(),
      closed("inc-b", "api-server-sick", "recovered", "13"),
      closed("inc-d", "all-api-servers-down", "handed-over", "09"),
    ],
    open: [sampleIncident()],
    stop: null,
    systems: [
      {
        system: "api-servers",
        state: "healthy",
        says: "Both answer customers directly.",
        by: seen("healthy", "healthy"),
      },
      {
        system: "dns",
        state: "healthy",
        says: "shop.example.com resolves everywhere.",
        by: seen("healthy", "healthy"),
      },
      {
        system: "load-balancer",
        state: "down",
        says: "lb-1 refuses connections.",
        by: [...seen("down", "down"), { who: "lb-1", saw: "unknown" }],
      },
      {
        system: "cloudflare",
        state: "suspect",
        says: "The edge answers 522, as it would when lb-1 is gone.",
        by: seen("healthy", "down"),
      },
    ],
    disagreement: { disputes: [], blind: [] },
    lastLookAt: "2027-03-14T02:14:22.000Z",
  };
}
