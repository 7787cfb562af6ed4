import { securityLevels, type SecurityLevel } from "../../shared/plan";
import type { TrueRecord } from "../types";
import { parsedBody, textAnswer, type WireAnswer, type WireRequest } from "../wire";
import type { ZoneSettings } from "../zone-settings";
import { failure, success } from "./envelope";

/** `/zones/{id}/settings/security_level`, the only setting here; undefined for any other route. */
export function settingsRoute(
  settings: ZoneSettings,
  request: WireRequest,
  name: string | undefined,
): WireAnswer | undefined {
  if (name !== "security_level") return undefined;
  if (request.method === "PATCH") {
    const level = wantedLevel(request);
    if (level === undefined) return failure(400, 1007, "Invalid value for zone setting security_level");
    settings.write(level, "cloudflare-api");
  } else if (request.method !== "GET") {
    return undefined;
  }
  return success({
    id: "security_level",
    value: settings.securityLevel(),
    editable: true,
    modified_on: settings.modifiedAt(),
  });
}

function wantedLevel(request: WireRequest): SecurityLevel | undefined {
  const body = parsedBody(request.body);
  const value = typeof body === "object" && body !== null && "value" in body ? body.value : undefined;
  return securityLevels.find((one) => one === value);
}

/** `/zones/{id}/dns_records/export`: a zone file, with what BIND does not know in comments, as Cloudflare writes them. */
export function exportRoute(zone: string, records: TrueRecord[]): WireAnswer {
  const lines = records.map(
    ({ name, ttl, type, content, proxied }) =>
      `${name}.\t${ttl}\tIN\t${type}\t${content} ; cf_tags=cf-proxied:${proxied}`,
  );
  const head = [`;; Domain:     ${zone}.`, "", ";; A and AAAA Records"];
  return textAnswer(200, [...head, ...lines, ""].join("\n"), { "content-type": "text/plain;charset=UTF-8" });
}
