import { balancerFit } from "./conclude/balancer-fit";
import { fitToServe } from "./conclude/sick-server";
import type { Estate } from "./estate";
import type { Look } from "./observation";

/** A part that customers could be led to. */
export type Destination = {
  name: string;
  address: string;
  kind: "standby balancer" | "backup server" | "main server";
  fit: boolean;
};

/** Where customers can be led when a balancer is gone, in the order of the document, and whether each is healthy in this look. */
export function candidates(look: Look, estate: Estate, dead: string): Destination[] {
  const standby = estate.balancers
    .filter((one) => one.standby && one.name !== dead)
    .map((one): Destination => {
      const fit = balancerFit(look, estate, one.name);
      return { name: one.name, address: one.address, kind: "standby balancer", fit };
    });
  const servers = (role: "backup" | "main", kind: Destination["kind"]) =>
    estate.servers
      .filter((one) => one.role === role && one.port === estate.service.port)
      .map(
        (one): Destination => ({
          name: one.name,
          address: one.address,
          kind,
          fit: fitToServe(look, one.name),
        }),
      );
  return [...standby, ...servers("backup", "backup server"), ...servers("main", "main server")];
}
