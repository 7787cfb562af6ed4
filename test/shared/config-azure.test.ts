import { estateSchema } from "../../shared/estate";
import { azureChecks } from "../../shared/config-azure";
import { rawEstate } from "../adapters/estate";

const ID =
  "/subscriptions/6b1f8a52-0c3d-4e7b-9a44-2f5d1c7e8b90/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/lb-1";

function estate(azure: object | undefined, vms: (object | undefined)[] = []) {
  const raw = rawEstate();
  return {
    ...raw,
    ...(azure === undefined ? {} : { azure }),
    servers: raw.servers.map((one, at) => (vms[at] === undefined ? one : { ...one, vm: vms[at] })),
  };
}
const problems = (...of: Parameters<typeof estate>) =>
  azureChecks(estateSchema.parse(estate(...of))).map((one) => one.path.join("."));

it("takes machines with a section azure, at Azure's own address", () => {
  expect(problems({}, [{ id: ID, service: "shop-api" }])).toEqual([]);
  expect(estateSchema.parse(estate({})).azure).toEqual({
    endpoint: "https://management.azure.com",
    credential: "default",
  });
});

it("refuses machines without it, and one machine for two parts", () => {
  expect(problems(undefined, [{ id: ID, service: "a" }])).toEqual(["servers.0.vm.id"]);
  const upper = ID.replace("lb-1", "LB-1");
  expect(
    problems({}, [
      { id: ID, service: "a" },
      { id: upper, service: "b" },
    ]),
  ).toEqual(["servers.1.vm.id"]);
});

it.each([
  [{ endpoint: "http://management.azure.com" }, ["azure.endpoint"]],
  [{ endpoint: "https://management.azure.com", token: "env:T" }, ["azure.token"]],
  [{ endpoint: "http://127.0.0.1:8409" }, ["azure.endpoint"]],
  [{ endpoint: "http://127.0.0.1:8409", token: "env:T" }, []],
  [{ endpoint: "ftp://127.0.0.1" }, ["azure.endpoint"]],
])("of %j says %j", (azure, wrong) => {
  expect(problems(azure)).toEqual(wrong);
});

it.each(["haproxy; reboot", "-H=elsewhere", "$(id)", "ha proxy", "../haproxy", ""])(
  "refuses the service %j, which would be more than a name in a script",
  (service) => {
    expect(estateSchema.safeParse(estate({}, [{ id: ID, service }])).success).toBe(false);
  },
);

it.each([ID.replace("Compute", "Storage"), `${ID}/start`, ID.replace("shop", "shop/x"), "lb-1", ID.slice(1)])(
  "refuses the id %j",
  (id) => {
    expect(estateSchema.safeParse(estate({}, [{ id, service: "haproxy" }])).success).toBe(false);
  },
);
