import type { Estate } from "../estate";
import type { Probe } from "../probe";
import { questions } from "../questions";
import { addressKind } from "./address-kind";

/** A question that came over the wire: not more is known of it than that it has an id. */
export type Asked = { id: string } & Record<string, unknown>;

/**
 * What a vantage looks at: what its own configuration would make it ask, and nothing else (S-12). What was asked
 * for only chooses among these; host, address, port and path of a connection come from here, never from the wire.
 */
export type AllowList = {
  /** The probe to perform, or why it is refused. */
  admit(asked: Asked): { probe: Probe } | { refusal: string };
  /** Why a customer's request may not go where the name leads, or undefined when it may. */
  astray(hostname: string, address: string): string | undefined;
};

export function allowList(estate: Estate): AllowList {
  const own = questions(estate).map((one) => one.probe);
  const known = new Map(own.map((probe) => [keyOf(probe), probe]));
  const paths = new Set(own.flatMap((probe) => ("path" in probe ? [probe.path] : [])));
  const listed = new Set(own.flatMap((probe) => (probe.kind === "direct" ? [probe.address] : [])));
  return {
    admit(asked) {
      const probe = known.get(keyOf(asked));
      if (probe === undefined)
        return { refusal: "is not among what this vantage's own configuration looks at" };
      const forbidden = addressesOf(probe).find((one) => addressKind(one) === "forbidden");
      if (forbidden !== undefined)
        return {
          refusal: `would go to ${forbidden}, where no vantage goes, whatever its configuration says`,
        };
      if (!("path" in probe)) return { probe };
      const path = [...paths].find((one) => one === asked["path"]);
      return path === undefined
        ? { refusal: "asks a path that is not in this vantage's own configuration" }
        : { probe: { ...probe, path } };
    },
    astray(hostname, address) {
      const kind = addressKind(address);
      if (kind === "public" || (kind === "internal" && listed.has(address))) return undefined;
      return `${hostname} leads to ${address}, which is neither public nor in the configuration`;
    },
  };
}

/** Addresses that the probe goes to by itself; where a name leads is known only later. */
function addressesOf(probe: Probe): string[] {
  return probe.kind === "direct" ? [probe.address] : probe.dns.map((one) => one.address);
}

/** Everything that makes a probe the one it is. Which of the configured paths is asked is told apart afterwards. */
function keyOf(probe: object): string {
  return stable({ ...probe, id: null, path: "path" in probe ? typeof probe.path : null });
}

/** JSON whose members are in one order, so that equal things have equal text. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
