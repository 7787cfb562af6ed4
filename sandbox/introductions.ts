import type { Estate } from "../shared/estate";

type Introduced = {
  estate: Estate;
  balancers: { name: string; haproxy: string; real: boolean }[];
  /** Somebody asked for stand-ins; otherwise a stand-in means that there is no HAProxy here. */
  standInWanted: boolean;
  /** Of the sandbox's own page; 0 when any free one is taken. */
  port: number;
  faults: { name: string; way: string }[];
  cuts: string[];
};

/** What somebody who starts the sandbox should know about it. */
export function introductions({
  estate,
  balancers,
  standInWanted,
  port,
  faults,
  cuts,
}: Introduced): string[] {
  const why = standInWanted ? "as --stand-in asks" : "because there is none on this machine";
  return [
    ...balancers.map(({ name, haproxy, real }) =>
      real ? `${name} runs ${haproxy}.` : `${name} runs a stand-in for HAProxy, ${why}.`,
    ),
    ...faults.map(({ name, way }) => `${name} (${way}) is still broken from before.`),
    ...cuts.map((part) => `${part} is still cut off from before.`),
    ...estate.people
      .filter(({ webhook }) => webhook !== undefined && new URL(webhook).port !== String(port) && port !== 0)
      .map((one) => `${one.fullName}'s messages go to ${one.webhook}, which is not a phone of this sandbox.`),
  ];
}
