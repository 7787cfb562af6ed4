import { z } from "zod";
import { securityLevels } from "../shared/plan";
import type { ZonePort } from "../shared/world";
import { checkPath, cloudflareClient, type AskCloudflare, type CloudflareOptions } from "./cloudflare-client";
import { unclear } from "./cloudflare-errors";

const LONGEST_EXPORT = 5_000_000;

const setting = z.object({ id: z.literal("security_level"), value: z.enum(securityLevels) });
const zoneAnswer = z.object({ id: z.string(), paused: z.boolean() });

/** The zone apart from its records, by the official SDK. Throws what `cloudflareRecords` throws. */
export function cloudflareZone(
  options: CloudflareOptions,
  ask: AskCloudflare = cloudflareClient(options),
): ZonePort {
  const zone_id = options.estate.cloudflare.zone.id;
  const asked: AskCloudflare = async (work) => {
    checkPath(zone_id, "the zone's id");
    return await ask(work);
  };
  return {
    securityLevel: () =>
      asked(async ({ zones }, signal) =>
        levelIn(await zones.settings.get("security_level", { zone_id }, { signal })),
      ),
    setSecurityLevel: (value) =>
      asked(async ({ zones }, signal) => {
        const said = await zones.settings.edit("security_level", { zone_id, value }, { signal });
        if (levelIn(said) !== value) throw unclear(`it did not confirm the security level ${value}`);
      }),
    paused: () =>
      asked(async ({ zones }, signal) => {
        const said = zoneAnswer.safeParse(await zones.get({ zone_id }, { signal }));
        if (!said.success || said.data.id !== zone_id) throw unclear("it did not describe the zone");
        return said.data.paused;
      }),
    exportRecords: () =>
      asked(async ({ dns }, signal) => {
        const text: unknown = await dns.records.export({ zone_id }, { signal });
        if (typeof text !== "string" || text === "" || text.length > LONGEST_EXPORT)
          throw unclear("its export is no zone file");
        return text;
      }),
  };
}

function levelIn(said: unknown) {
  const read = setting.safeParse(said);
  if (!read.success) throw unclear("it did not say the zone's security level");
  return read.data.value;
}
