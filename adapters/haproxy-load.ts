import type { Load } from "../shared/observation";

/**
 * How busy a HAProxy is. The process has a limit (`show info`), and each frontend has one of its own (`show stat`,
 * column slim): a frontend can be full while the process is not, as it must be where the door to the Runtime API
 * lives in the same process. Whichever is nearer to its limit counts. Undefined when `show info` says no figures.
 */
export function loadOf(info: string, rows: Record<string, string>[]): Load | undefined {
  const rate = figure(info, "SessRate");
  const connections = figure(info, "CurrConns");
  const limit = figure(info, "Maxconn");
  if (rate === undefined || connections === undefined || limit === undefined) return undefined;
  const frontends = rows
    .filter((row) => row["type"] === "0" && row["slim"] !== "" && row["scur"] !== "")
    .map((row) => ({ rate, connections: Number(row["scur"]), limit: Number(row["slim"]) }))
    .filter((one) => Number.isFinite(one.connections) && one.limit > 0);
  return [{ rate, connections, limit }, ...frontends].reduce((fullest, one) =>
    share(one) > share(fullest) || (share(one) === share(fullest) && one.limit < fullest.limit)
      ? one
      : fullest,
  );
}

function share({ connections, limit }: Load): number {
  return limit === 0 ? 0 : connections / limit;
}

/** A line for each figure, "Name: value". */
function figure(info: string, name: string): number | undefined {
  const text = new RegExp(`^${name}: (\\d+)$`, "m").exec(info)?.[1];
  return text === undefined ? undefined : Number(text);
}
