import { parseArgs } from "node:util";
import { apiOf, send } from "./api";
import { approvals, gateWords } from "../console";
import type { IncidentDetail, IncidentSummary } from "../shared/incident";

type Asked = { url: string; json: boolean; rest: string[] };

function readOptions(args: string[]): Asked {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: "string" },
      output: { type: "string", default: "text" },
    },
  });
  const { output } = values;
  if (output !== "text" && output !== "json")
    throw new Error(`--output is "${output}"; use one of: text, json.`);
  return { url: apiOf(values.url), json: output === "json", rest: positionals };
}

async function listed(base: string): Promise<IncidentSummary[]> {
  const answer = await send(base, { method: "GET", path: "/api/incidents", expects: "incidents" });
  return (answer as { incidents: IncidentSummary[] }).incidents;
}

export async function status(args: string[]): Promise<void> {
  const { url, json } = readOptions(args);
  const incidents = await listed(url);
  if (json) return console.log(JSON.stringify(incidents, null, 2));
  if (incidents.length === 0) return console.log("No incidents.");
  for (const one of incidents) {
    console.log(`${one.openedAt}  ${one.id}  ${one.finding ?? "not diagnosed"}  ${one.outcome ?? one.state}`);
    console.log(`    ${one.says}`);
  }
}

export async function explain(args: string[]): Promise<void> {
  const { url, json, rest } = readOptions(args);
  const id = rest[0] ?? (await listed(url))[0]?.id;
  if (id === undefined) return console.log("No incidents.");
  const path = `/api/incidents/${encodeURIComponent(id)}`;
  const incident = (await send(url, { method: "GET", path, expects: "timeline" })) as IncidentDetail;
  if (json) return console.log(JSON.stringify(incident, null, 2));
  console.log(
    `${incident.id}: ${incident.finding ?? "not diagnosed"}, ${incident.outcome ?? incident.state}`,
  );
  for (const line of incident.timeline) console.log(`  ${line.at}  ${line.stage.padEnd(9)} ${line.says}`);
  for (const gate of incident.gates)
    console.log(
      `  decision  plan ${gate.planHash.slice(0, 12)}: ${gateWords[gate.state].word}, ${approvals(gate)}. ${gate.says}`,
    );
  for (const effect of incident.effects)
    console.log(`  changed   ${effect.resource}: ${effect.old} → ${effect.new} (${effect.outcome})`);
  for (const item of incident.exposures)
    console.log(`  open item ${item.says}${item.closedAt === null ? "" : ` (closed: ${item.closedSays})`}`);
}
