import type { Verdict } from "../../shared/conclude/votes";
import { subjectText, type Subject } from "../../shared/observation";
import { spanText } from "../../shared/span-text";
import type { Access } from "./access";
import type { Intended } from "./intended";
import type { Lacking } from "./secrets-needed";
import type { Report, Seen } from "./report";
import { paragraph, type Paint } from "./terminal";

/** A report as it is read in a terminal at 3 a.m.: the verdict first, then what to do, then what was seen. */
export function reportText(report: Report, paint: Paint): string {
  const { company, at, diagnosis, wouldDo, records, lacking, access } = report;
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  return [
    `${company}, looked at ${time}. This run only looks; it changes nothing and tells nobody.`,
    "",
    headline(report, paint),
    ...paragraph(diagnosis.says, 2),
    ...runnerUp(report),
    ...heading("Not seen, and would make it surer", diagnosis.missing, paint),
    "",
    paint.bold("What Switchover would do"),
    ...doing(wouldDo, paint),
    "",
    paint.bold("What is seen"),
    ...seenLines(report, paint),
    ...recordsLine(records),
    "",
    paint.bold("What it could use"),
    ...accessLines(access, paint),
    ...lackingLines(lacking, paint),
  ].join("\n");
}

function headline({ health, diagnosis: { finding, target, confidence } }: Report, paint: Paint): string {
  if (health === "healthy") return paint.good("HEALTHY");
  const of = target === null ? "" : ` of ${target}`;
  const sure = confidence === "none" ? "" : ` (${confidence})`;
  return paint.bad(`${health === "unknown" ? "CAN'T BE TOLD" : "NOT HEALTHY"}: ${finding}${of}${sure}`);
}

function runnerUp({ diagnosis: { runnerUp }, firstLook }: Report): string[] {
  return [
    ...(runnerUp === null ? [] : paragraph(`It could also be ${runnerUp.finding}: ${runnerUp.because}.`, 2)),
    ...(firstLook === null
      ? []
      : paragraph(`A look before said otherwise (${firstLook}), so nothing would be done yet.`, 2)),
  ];
}

function heading(title: string, lines: string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ["", paint.bold(title), ...lines.flatMap((line) => paragraph(line, 2))];
}

function doing(would: Intended, paint: Paint): string[] {
  if (would.kind === "nothing") return paragraph(`Nothing, because: ${would.because}`, 2);
  if (would.kind === "no-plan")
    return paragraph(`Nothing: the plan ${would.plan} can't be made now. ${would.because}`, 2);
  const steps = would.steps.flatMap((step, at) => [
    ...paragraph(`${at + 1}. ${step.says}`, 2, 5),
    `     ${step.resource}`,
    `     ${paint.bold(`${step.old} → ${step.new}`)}`,
    ...paragraph(`undone: ${step.undo}`, 5),
    ...(step.refused === null ? [] : paragraph(paint.bad(`refused now: ${step.refused}`), 5)),
  ]);
  const people = would.quorum === 1 ? "one person" : `${would.quorum} people`;
  const begins =
    would.asks === null
      ? "It would begin by itself, unless its ledger knows of a block, a hold, or too many in this hour."
      : `${would.asks} It takes ${people}.`;
  const time = `At worst ${spanText(would.atWorst)} from then on${would.inTime ? "" : ", more than its objective"}.`;
  return [
    ...paragraph(`Plan ${would.plan}: ${would.title}.`, 2),
    ...steps,
    ...paragraph(`${begins} ${time}`, 2),
    ...would.losses.flatMap((loss) => paragraph(`Lost meanwhile: ${loss}.`, 2)),
    ...paragraph(`Way back: ${would.wayBack}`, 2),
  ];
}

const WORDS: Record<Verdict, string> = {
  healthy: "ok",
  down: "DOWN",
  disputed: "DISPUTED",
  unconfirmed: "one says down",
  unknown: "not seen",
};
const WIDEST = Math.max(...Object.values(WORDS).map((word) => word.length));

function seenLines({ seen, vantages }: Report, paint: Paint): string[] {
  const width = Math.max(...seen.map(({ of }) => subjectWords(of).length));
  const silent = new Set(vantages.filter((one) => !one.answered).map((one) => one.name));
  return seen.map(({ of, verdict, by }) => {
    const colour = verdict === "healthy" ? paint.good : verdict === "unknown" ? paint.plain : paint.bad;
    // Why a vantage is silent is said once, below, and not for each part.
    const heard = by.map((one) => (silent.has(one.by) ? { ...one, says: "no answer" } : one));
    return `  ${colour(WORDS[verdict].padEnd(WIDEST))}  ${subjectWords(of).padEnd(width)}  ${sayings(heard)}`;
  });
}

/** Who says the same is named together. */
function sayings(by: Seen["by"]): string {
  const same = new Map<string, string[]>();
  for (const one of by) same.set(one.says, [...(same.get(one.says) ?? []), one.by]);
  return [...same].map(([says, who]) => `${who.join(", ")}: ${says}`).join("; ");
}

function subjectWords(of: Subject): string {
  switch (of.kind) {
    case "edge":
      return "CloudFlare's edge";
    case "dns":
      return "DNS";
    case "server-health":
      return `${of.name}, health check`;
    case "server-customers":
      return `${of.name}, customers' path`;
    case "balancer-view":
      return `${of.name}, as it sees its servers`;
    default:
      return subjectText(of);
  }
}

function recordsLine(records: Report["records"]): string[] {
  if (records === null) return ["  Where the records lead is not known; see below why."];
  const leads = records.map(({ content, proxied }) => `${content}${proxied ? " through CloudFlare" : ""}`);
  return paragraph(`The service's records lead to ${leads.join(", ") || "nothing"}.`, 2);
}

function accessLines(access: Access[], paint: Paint): string[] {
  const width = Math.max(...access.map(({ to }) => to.length));
  return access.flatMap(({ to, works, says }) =>
    works
      ? [`  ${paint.good("ok")}  ${to.padEnd(width)}  ${says}`]
      : [`  ${paint.bad("NO")}  ${to}`, ...paragraph(says, 6)],
  );
}

function lackingLines(lacking: Lacking[], paint: Paint): string[] {
  if (lacking.length === 0) return ["  Every variable that the configuration names is set."];
  return [
    "",
    paint.bold("Credentials that are missing"),
    ...lacking.flatMap(({ variable, says, neededBy }) => [
      `  ${paint.bad(variable)} ${says}`,
      ...paragraph(`needed by ${neededBy.join(", ")}`, 4),
    ]),
  ];
}
