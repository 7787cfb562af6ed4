import { allFaults, harmOf } from "../../sandbox/faults";
import { newCompany, pass, statusOf } from "./clock";
import { testEstate } from "./estate";

const active = (company: ReturnType<typeof newCompany>) =>
  company
    .faults()
    .filter((one) => one.active)
    .map((one) => `${one.name}: ${one.way}`);
const content = (company: ReturnType<typeof newCompany>) => company.truth().records[0]?.content;

test("lists every fault with the system it breaks, the usual way first", () => {
  const company = newCompany();
  expect(company.faults().find((one) => one.name === "balancer-host-down")).toEqual({
    name: "balancer-host-down",
    system: "load-balancer",
    active: false,
    way: null,
    ways: ["powered-off", "dropped", "with-azure"],
  });
  company.break("balancer-host-down");
  expect(active(company)).toEqual(["balancer-host-down: powered-off"]);
});

test("has two ways at least for every fault, and each breaks something else", () => {
  for (const { name, ways } of allFaults()) {
    const harms = ways.map((way) => JSON.stringify(harmOf(testEstate(), name, way)));
    expect(harms.length).toBeGreaterThan(1);
    expect(new Set(harms).size).toBe(harms.length);
  }
});

test("breaking again in another way replaces the first", () => {
  const company = newCompany();
  company.break("api-server-sick", "errors");
  company.break("api-server-sick", "slow");
  expect(active(company)).toEqual(["api-server-sick: slow"]);
  company.heal("api-server-sick");
  company.heal("api-server-sick");
  expect(active(company)).toEqual([]);
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(1);
});

test("healing one fault leaves what another one does to the same part", () => {
  const company = newCompany();
  company.break("api-server-down");
  company.break("all-api-servers-down");
  company.heal("all-api-servers-down");
  pass(company, 3);
  expect([statusOf(company, "api-main"), statusOf(company, "api-backup")]).toEqual(["DOWN", "UP"]);
});

test("mending a cut does not heal, and healing does not mend", () => {
  const company = newCompany();
  company.cut("edge");
  company.break("edge-down", "errors");
  company.mend("edge");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(-1);
  company.cut("edge");
  company.heal("edge-down");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(-2);
  company.mend("edge");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(1);
});

test("a balancer that is cut off can't reach its servers either, and needs two good checks afterwards", () => {
  const company = newCompany();
  company.cut("lb-1");
  pass(company, 3);
  expect([statusOf(company, "api-main"), statusOf(company, "api-main", "lb-2")]).toEqual(["DOWN", "UP"]);
  company.mend("lb-1");
  pass(company, 1);
  expect(statusOf(company, "api-main")).toBe("DOWN 1/2");
  pass(company, 1);
  expect([statusOf(company, "api-main"), company.truth().customers.streak]).toEqual(["UP", 1]);
});

test("wrong records are put back by healing, as they were before", () => {
  const company = newCompany();
  company.editRecord("shop.example.com", "127.77.2.20");
  company.break("dns-wrong-records", "unproxied");
  expect(company.truth().records[0]).toMatchObject({ content: "127.77.1.254", proxied: false, ttl: 60 });
  company.heal("dns-wrong-records");
  expect(company.truth().records[0]).toMatchObject({ content: "127.77.2.20", proxied: true, ttl: 1 });
  expect(company.truth().records[1]).toMatchObject({ name: "canary.example.com", content: "127.77.1.10" });
  expect(company.effects().map((one) => one.by)).toEqual(["somebody", "somebody", "somebody"]);
});

test("healing wrong records leaves alone what somebody has put right since", () => {
  const company = newCompany();
  company.break("dns-wrong-records");
  company.editRecord("shop.example.com", "127.77.2.10");
  company.heal("dns-wrong-records");
  expect(content(company)).toBe("127.77.2.10");
});

test("reset makes the company as new", () => {
  const company = newCompany();
  const asNew = company.truth();
  for (const { name, ways } of company.faults()) company.break(name, ways.at(-1));
  company.cut("dublin");
  company.setServer("api-main", "maint");
  pass(company, 100);
  expect(company.truth()).not.toEqual(asNew);
  company.reset();
  expect(active(company)).toEqual([]);
  expect(company.effects()).toEqual([]);
  expect(company.truth()).toEqual({ ...asNew, customers: { ...asNew.customers, since: company.now() } });
});
