import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import type { Estate } from "../../shared/estate";
import { testEstate, testSecrets } from "./estate";

export const START = "2026-01-01T00:00:00.000Z";

export function newCompany(estate: Estate = testEstate()): MemoryCompany {
  return memoryCompany(estate, { startAt: START, secrets: testSecrets });
}

export function pass(company: MemoryCompany, seconds: number): void {
  company.advanceTo(new Date(Date.parse(company.now()) + seconds * 1_000).toISOString());
}

export function statusOf(company: MemoryCompany, server: string, balancer = "lb-1"): string | undefined {
  return company.truth().servers.find((one) => one.name === server && one.balancer === balancer)?.status;
}
