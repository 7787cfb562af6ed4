import { gateAt, type GateView } from "../shared/gate";
import type { TimelineLine } from "../shared/incident";
import type { Observation, Saw, Subject } from "../shared/observation";
import type { PinnedPlan } from "../shared/plan";
import type { Instant } from "../shared/time";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { clock, instant } from "./instant";
import { shorten } from "./shorten";
import { approvals, votes } from "./votes";
import { classWords, gateWords } from "./words";

/** Beyond these the page would grow without bound; the report has them all. */
const MOST_LINES = 150;
const MOST_OBSERVATIONS = 40;
const MOST_GATES = 10;

/** The record, oldest line first. */
export function timeline(lines: TimelineLine[], now: Instant): Html {
  return timelineOf(lines.slice(-MOST_LINES), lines.length, now);
}

/** Its last few lines, newest first. */
export function latestLines(lines: TimelineLine[], now: Instant, most: number): Html {
  return timelineOf(lines.slice(-most).toReversed(), lines.length, now);
}

function timelineOf(shown: TimelineLine[], all: number, now: Instant): Html {
  if (shown.length === 0) return html`<p class="empty">Nothing has been written yet.</p>`;
  const left = all - shown.length;
  return html`<ol class="timeline">${shown.map(
    ({ at, stage, says, by }) =>
      html`<li><span class="when">${clock(at, now)}</span><p>${shorten(says)} <span class="meta">${stage}${by !== "switchover" && html`, by ${by}`}</span></p></li>`,
  )}</ol>${left > 0 && html`<p class="meta">${left} earlier line${left > 1 && "s"} not shown here.</p>`}`;
}

/** The questions to people, what they decided, and who said what. */
export function gateList(gates: GateView[], now: Instant): Html {
  return html`<ul class="gates">${gates.slice(-MOST_GATES).map((given) => {
    const gate = gateAt(given, now);
    const { tone, word } = gateWords[gate.state];
    const when =
      gate.state === "pending"
        ? html`until ${instant(gate.expiresAt, now)}`
        : gate.decidedAt && instant(gate.decidedAt, now);
    return html`<li><p>${chip(tone, word)} ${approvals(gate)}, plan <code class="hash">${gate.planHash.slice(0, 12)}</code> ${when}</p><p>${shorten(gate.says)}</p>${votes(gate, now)}</li>`;
  })}</ul>`;
}

export function planMeta({ class: kind, name, target }: PinnedPlan): Html {
  const { tone, word } = classWords[kind];
  return html`<p class="meta">${chip(tone, word)} <code>${name}</code> on <code>${target}</code></p>`;
}

export function observationList(observations: Observation[]): Html {
  return html`<ul class="observations">${observations
    .slice(-MOST_OBSERVATIONS)
    .map(({ by, of, saw, says }) =>
      sighting(saw, html`<strong>${by}</strong>, ${subjectName(of)}: ${shorten(says)}`),
    )}</ul>`;
}

/** One line of such a list. */
export function sighting(saw: Saw, text: Html): Html {
  const { tone, word } = sawWords[saw];
  return html`<li>${chip(tone, word)} <span>${text}</span></li>`;
}

const sawWords = {
  healthy: { tone: "ok", word: "Healthy" },
  down: { tone: "bad", word: "Down" },
  unknown: { tone: "unknown", word: "Could not look" },
} as const;

export function subjectName(subject: Subject): string {
  return "name" in subject ? `${subject.name}${looks[subject.kind]}` : looks[subject.kind];
}

/** What was looked at; for kinds that have a name, what follows it. */
const looks: Record<Subject["kind"], string> = {
  customers: "what customers get",
  dns: "DNS",
  "name-server": ", a name server",
  resolver: ", a resolver",
  edge: "CloudFlare's edge",
  "edge-canary": "CloudFlare's edge, by a name that stays behind it",
  balancer: "",
  "server-health": ", its health check",
  "server-customers": ", as customers use it",
  "balancer-view": "'s own counters",
  "break-glass": "the break-glass name",
};
