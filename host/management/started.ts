import { type HostResponse, json } from "../http/exchange";
import { type Addresses, instanceLinks } from "./urls";

/** What a start answers: where to ask, and when. */
export function startedAnswer(addresses: Addresses, id: string): HostResponse {
  const links = instanceLinks(addresses, id);
  return json(202, links, [
    ["Location", links["statusQueryGetUri"] ?? ""],
    ["Retry-After", "10"],
  ]);
}
