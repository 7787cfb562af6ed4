import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { hostOf, isLoopback } from "./hosts";

/** Azure, and the machines in it: an account to ask with, one machine a part, and no token where others could read it. */
export function azureChecks(estate: Estate): Problem[] {
  return [...machinesNeedAzure(estate), ...oneMachineEach(estate), ...endpointChecks(estate)];
}

type Machine = { path: PropertyKey[]; id: string };

function machinesOf({ balancers, servers }: Estate): Machine[] {
  const of = (kind: "balancers" | "servers", parts: { vm?: { id: string } | undefined }[]): Machine[] =>
    parts.flatMap(({ vm }, at) => (vm === undefined ? [] : [{ path: [kind, at, "vm", "id"], id: vm.id }]));
  return [...of("balancers", balancers), ...of("servers", servers)];
}

function machinesNeedAzure(estate: Estate): Problem[] {
  const [first] = machinesOf(estate);
  if (estate.azure !== undefined || first === undefined) return [];
  const hint = 'Add "azure: {}" to ask with the credential that is there, or leave vm out.';
  return [problem(first.path, "a machine in Azure", "a section azure beside it", hint)];
}

function oneMachineEach(estate: Estate): Problem[] {
  const seen = new Set<string>();
  return machinesOf(estate).flatMap(({ path, id }) => {
    const key = id.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const hint = "Starting one would be starting both, and nobody could tell which of them is down.";
    return [problem(path, "a machine that another part has", "a machine of its own", hint)];
  });
}

function endpointChecks({ azure }: Estate): Problem[] {
  if (azure === undefined) return [];
  const { protocol, origin } = new URL(azure.endpoint);
  const path = ["azure", "endpoint"];
  if (protocol !== "https:" && protocol !== "http:")
    return [problem(path, "of another kind", "an address that begins with https:// or http://")];
  const here = isLoopback(hostOf(azure.endpoint));
  if (protocol === "http:" && !here)
    return [problem(path, `"${origin}"`, "https://", "The token would travel where others can read it.")];
  if (azure.token !== undefined && !here) {
    const hint = "A token of Azure's lasts an hour. Leave it out; azure.credential says who signs in.";
    return [problem(["azure", "token"], "a fixed token", "nothing, except for the sandbox", hint)];
  }
  if (protocol === "http:" && azure.token === undefined)
    return [problem(path, `"${origin}"`, "a token beside it", "Nobody signs in at Azure for the sandbox.")];
  return [];
}
