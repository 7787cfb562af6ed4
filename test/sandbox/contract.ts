import Cloudflare from "cloudflare";
import { deadAddress } from "../../sandbox/parts";
import { eventually, type Body } from "./body";
import { signsOfFaults } from "./fault-signs";
import { signsNow, wellSigns } from "./signs";

/**
 * The same promises for the company in memory and the one on real sockets. Needs lb-1, lb-2 (standby),
 * api-main, api-backup, warsaw, dublin. `faults` chooses some of them.
 */
export function companyContract(
  name: string,
  body: () => Body,
  faults: (name: string) => boolean = () => true,
): void {
  faultsBreak(name, body, faults);
  for (const promise of [backupTakesOver, standbyTakesOver, runtimeApiSpeaks, othersAreSeen, cutIsSilent])
    promise(name, body);
}

function faultsBreak(name: string, body: () => Body, faults: (name: string) => boolean): void {
  describe(`${name}: each fault breaks what it says, for everybody who looks`, () => {
    test.each(signsOfFaults.filter(([fault]) => faults(fault)))("%s, %s", async (fault, way, changes) => {
      const company = body();
      await eventually(company, () => signsNow(company), wellSigns(company));
      await company.break(fault, way);
      await eventually(company, () => signsNow(company), { ...wellSigns(company), ...changes(company) });
      await company.heal(fault);
      await eventually(company, () => signsNow(company), wellSigns(company));
    });
  });
}

function backupTakesOver(name: string, body: () => Body): void {
  test(`${name}: a drained main server hands its customers to the backup`, async () => {
    const company = body();
    await company.reset();
    await company.runtimeApi(balancerUrl(company, 0), "set server api/api-main state drain");
    await eventually(company, async () => (await company.truth()).customers.lastAnsweredBy, "api-backup");
    await eventually(company, async () => statusOf(company, "lb-1", "api-main"), "DRAIN");
    expect((await company.effects()).at(-1)).toMatchObject({
      by: "runtime-api",
      kind: "server-state",
      resource: "lb-1/api-main",
      old: "ready",
      new: "drain",
    });
    await company.runtimeApi(balancerUrl(company, 0), "set server api/api-main state ready");
    await eventually(company, async () => (await company.truth()).customers.lastAnsweredBy, "api-main");
  });
}

function standbyTakesOver(name: string, body: () => Body): void {
  test(`${name}: with the balancer dead, customers come back once the record leads to the standby`, async () => {
    const company = body();
    await company.reset();
    await company.break("balancer-host-down");
    await eventually(company, async () => (await company.truth()).customers.streak < 0, true);
    const api = cloudflareOf(company);
    const { result } = await api.dns.records.list({ zone_id: company.estate.cloudflare.zone.id });
    const standby = company.estate.balancers.find((one) => one.standby)?.address ?? "";
    const { hostname } = company.estate.service;
    const changed = {
      zone_id: company.estate.cloudflare.zone.id,
      type: "A",
      name: hostname,
      content: standby,
      ttl: 1,
      proxied: true,
    } as const;
    await api.dns.records.edit(result[0]?.id ?? "", changed);
    await eventually(company, async () => (await company.truth()).customers.streak > 2, true);
    expect((await company.effects()).at(-1)).toMatchObject({
      by: "cloudflare-api",
      kind: "dns-record",
      new: `A ${standby} proxied ttl 1`,
    });
    await company.reset();
    expect(await company.effects()).toEqual([]);
    expect((await company.truth()).records).toMatchObject([
      { name: hostname, content: company.estate.balancers[0]?.address, proxied: true },
      { name: company.estate.cloudflare.edge?.canary },
    ]);
  });
}

function runtimeApiSpeaks(name: string, body: () => Body): void {
  test(`${name}: the Runtime API says what HAProxy 2.6 says`, async () => {
    const company = body();
    await company.reset();
    const say = (command: string) => company.runtimeApi(balancerUrl(company, 0), command);
    expect(await say("set server nope/api-main state drain")).toBe("No such backend.\n\n");
    expect(await say("set server api/nope state drain")).toBe("No such server.\n\n");
    expect(await say("set server api-main state drain")).toBe("Require 'backend/server'.\n\n");
    expect(await say("set server api/api-main state off")).toBe(
      "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n\n",
    );
    expect(await say("show servers state nope")).toBe("Can't find backend.\n\n");
    expect(await say("show stat nope 4 -1")).toBe("No such proxy.\n\n");
    expect(await say("bogus")).toMatch(/^Unknown command/);
    expect(await say("set server api/api-main state maint;set server api/api-main state ready")).toBe("\n\n");
    expect((await say("show servers state api")).split("\n").slice(0, 1)).toEqual(["1"]);
    const header = (await say("show stat")).split("\n")[0]?.split(",") ?? [];
    expect([header[0], header[1], header[4], header[17], header[36], header[43], header[73]]).toEqual([
      "# pxname",
      "svname",
      "scur",
      "status",
      "check_status",
      "hrsp_5xx",
      "addr",
    ]);
  });
}

function othersAreSeen(name: string, body: () => Body): void {
  test(`${name}: what somebody else does is seen, and listed as somebody's`, async () => {
    const company = body();
    await company.reset();
    await company.setServer("api-main", "maint");
    await eventually(company, async () => statusOf(company, "lb-1", "api-main"), "MAINT");
    await company.editRecord(company.estate.service.hostname, deadAddress(company.estate));
    expect(
      (await company.effects()).map(
        (one) => `${one.by} ${one.resource.split("/").slice(0, 2).join("/")} ${one.new}`,
      ),
    ).toEqual([
      "somebody lb-1/api-main maint",
      "somebody lb-2/api-main maint",
      `somebody dns/${company.estate.service.hostname} A ${deadAddress(company.estate)} proxied ttl 1`,
    ]);
    await company.reset();
  });
}

function cutIsSilent(name: string, body: () => Body): void {
  test(`${name}: a cut part is silent, not refused, and well again when mended`, async () => {
    const company = body();
    await company.reset();
    for (const part of ["edge", "api-backup", "warsaw"]) await company.cut(part);
    const silent = (of: string[]) => Object.fromEntries(of.map((one) => [one, "silent"]));
    const unseen = Object.fromEntries(
      Object.keys(wellSigns(company))
        .filter((one) => one.startsWith("warsaw:"))
        .map((one) => [one, "unseen"]),
    );
    await eventually(company, () => signsNow(company), {
      ...wellSigns(company),
      ...silent([
        "dublin: customers",
        "dublin: edge",
        "dublin: api-backup health",
        "dublin: api-backup customers",
      ]),
      ...unseen,
      "lb-1 says api-backup": "DOWN",
      "lb-2 says api-backup": "DOWN",
    });
    for (const part of ["edge", "api-backup", "warsaw"]) await company.mend(part);
    await eventually(company, () => signsNow(company), wellSigns(company));
  });
}

export function cloudflareOf(company: Body): Cloudflare {
  const { api, token } = company.estate.cloudflare;
  return new Cloudflare({
    apiToken: company.secrets(token),
    baseURL: api,
    fetch: company.fetch,
    maxRetries: 0,
  });
}

function balancerUrl(company: Body, index: number): string {
  return company.estate.balancers[index]?.runtimeApi ?? "";
}

async function statusOf(company: Body, balancer: string, server: string): Promise<string | undefined> {
  const { servers } = await company.truth();
  return servers.find((one) => one.balancer === balancer && one.name === server)?.status;
}
