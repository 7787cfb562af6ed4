import { haproxyBalancer } from "../../adapters/haproxy";
import type { Load } from "../../shared/observation";
import { eventually, type Body } from "./body";
import { cloudflareOf } from "./contract";

/** What an attack is, and what ends it, in memory and on real sockets alike. Needs what the company's contract needs. */
export function attackContract(name: string, body: () => Body): void {
  const load = async (company: Body): Promise<Load> => {
    const [balancer] = company.estate.balancers;
    if (balancer === undefined) throw new Error("the estate has no balancer");
    return await haproxyBalancer({ balancer, exchange: (url, line) => company.runtimeApi(url, line) }).load();
  };
  const isSo = (company: Body, look: () => Promise<boolean>) => eventually(company, look, true);
  const streak = async (company: Body) => (await company.truth()).customers.streak;
  const setLevel = (company: Body, value: string) =>
    cloudflareOf(company).zones.settings.edit("security_level", {
      zone_id: company.estate.cloudflare.zone.id,
      value,
    });

  afterEach(() => body().reset());

  test(`${name}: a flood fills the balancer with far more than customers do, until the edge is told to stop it`, async () => {
    const company = body();
    await company.reset();
    await isSo(company, async () => (await load(company)).rate < 20);
    await company.break("under-attack", "flood");
    await isSo(company, async () => (await load(company)).rate >= 60);
    await isSo(company, async () => (await load(company)).connections >= 500);
    await isSo(company, async () => (await streak(company)) < -2);
    expect((await load(company)).limit).toBe(512);

    await setLevel(company, "under_attack");
    await isSo(company, async () => (await streak(company)) > 2);
    await isSo(company, async () => (await load(company)).connections < 50);
    expect((await company.effects()).at(-1)).toMatchObject({
      by: "cloudflare-api",
      kind: "zone-setting",
      resource: `zone/${company.estate.cloudflare.zone.id}/security_level`,
      old: "medium",
      new: "under_attack",
    });
    await company.reset();
    expect((await company.truth()).securityLevel).toBe("medium");
  });

  test(`${name}: a flood that goes straight to the balancer is not stopped at the edge`, async () => {
    const company = body();
    await company.reset();
    await setLevel(company, "under_attack");
    await company.break("under-attack", "direct");
    await isSo(company, async () => (await load(company)).connections >= 500);
    await isSo(company, async () => (await streak(company)) < -2);
    await company.heal("under-attack");
    await isSo(company, async () => (await streak(company)) > 2);
  });
}
