import type { Estate, Role } from "../../shared/estate";
import { table } from "./markdown";

/** The parts that may fail; their addresses only for the company's own people. */
export function parts({ balancers, servers, dns, vantages }: Estate, internal: boolean): string {
  const at = ({ address, port }: { address: string; port: number }) =>
    internal ? [`${address} port ${port}`] : [];
  const rows = [
    ...dns.servers.map((one, index) => [
      `name server ${index + 1}`,
      "answers for the service's name",
      ...at(one),
    ]),
    ...balancers.map((one) => [
      one.name,
      one.standby
        ? "load balancer on standby"
        : "load balancer: sends requests to the API servers that are well",
      ...at(one),
    ]),
    ...servers.map((one) => [
      one.name,
      one.role === "main" ? "API server that normally serves" : "API server that takes over",
      ...at(one),
    ]),
    ...vantages.map((one) => [one.name, "looks from outside", ...(internal ? [one.url] : [])]),
  ];
  return table(["part", "what it does", ...(internal ? ["where"] : [])], rows);
}

/** Who can decide: how many of each role; who they are only for the company's own people. */
export function people({ people: all }: Estate, internal: boolean): string {
  const roles = [...new Set(all.map((one) => one.role))];
  const names = (role: Role) => all.filter((one) => one.role === role).map((one) => one.fullName);
  const rows = roles.map((role) => [role, internal ? names(role).join(", ") : String(names(role).length)]);
  return table(["role", "people"], rows);
}
