import { parseEstate } from "../../shared/config";
import { rawEstate } from "../adapters/estate";

/** The company of a file, with a break-glass name that is right but for the change. */
function withGlass(change: object) {
  const raw = rawEstate();
  const breakGlass = {
    hostname: "shop.example.net",
    port: 443,
    servers: [{ address: "192.0.2.54" }],
    ...change,
  };
  return parseEstate({ ...raw, service: { ...raw.service, breakGlass } }, "f.yaml");
}

describe("a break-glass name", () => {
  it("under another domain, at another provider, is taken", () => {
    expect(withGlass({}).service.breakGlass?.servers).toEqual([{ address: "192.0.2.54", port: 53 }]);
  });

  it.each([
    [
      "inside the zone that it is for",
      { hostname: "direct.example.com" },
      "a name outside the zone example.com",
    ],
    [
      "that the same name servers answer for",
      { servers: [{ address: "192.0.2.53" }] },
      "name servers of another provider",
    ],
    ["that nobody answers for", { servers: [] }, "service.breakGlass.servers"],
  ])("%s is refused", (_what, change, says) => {
    expect(() => withGlass(change)).toThrow(says);
  });
});

describe("a canary", () => {
  const withCanary = (canary: string) => {
    const raw = rawEstate();
    const edge = { ...raw.cloudflare.edge, canary };
    return parseEstate({ ...raw, cloudflare: { ...raw.cloudflare, edge } }, "f.yaml");
  };

  it("of the same zone is taken", () => {
    expect(withCanary("canary.example.com").cloudflare.edge?.canary).toBe("canary.example.com");
  });

  it.each([
    ["of another zone", "canary.example.net", "a name inside the zone example.com"],
    ["that is the service's own name", "Shop.example.com", "another name, which stays behind the proxy"],
  ])("%s is refused", (_what, canary, says) => {
    expect(() => withCanary(canary)).toThrow(says);
  });
});
