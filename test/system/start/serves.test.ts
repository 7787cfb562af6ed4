import { prepareAll, type Whole } from "../support/running";

describe("npm start", () => {
  let whole: Whole;
  let readyAfter: number;
  beforeAll(async () => {
    whole = await prepareAll();
    readyAfter = await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  it("is ready within 10 s", async () => {
    expect(readyAfter).toBeLessThan(10_000);
    expect(await (await whole.asked.send("/api/health")).json()).toMatchObject({
      status: "ok",
      company: whole.place.estate.company,
    });
  });

  it("says where everything is", async () => {
    const said = whole.process().output();
    expect(said).toContain(`http://127.0.0.1:${whole.place.port}/`);
    expect(said).toContain(`http://127.0.0.1:${whole.place.sandboxPort}/`);
  });

  it("shows the console at its root, with headers that keep it from being framed", async () => {
    const answer = await whole.asked.send("/");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await answer.text()).toContain(whole.place.estate.company);
  });

  it("has no incident on a healthy day", async () => {
    expect(await (await whole.asked.send("/api/incidents")).json()).toEqual({ incidents: [] });
    expect(await (await whole.asked.send("/api/stop")).json()).toEqual({ stop: null });
  });

  it("names every fault of the sandbox, none of them active", async () => {
    const faults = await whole.asked.faults();
    const shape: unknown = expect.objectContaining({
      name: expect.any(String) as unknown,
      system: expect.any(String) as unknown,
      active: false,
    });
    expect(faults).toEqual(faults.map(() => shape));
    const names = faults.map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(["balancer-host-down", "api-server-sick"]));
  });

  it("tells the truth about records, servers and customers", async () => {
    const { estate } = whole.place;
    expect(await whole.asked.truth()).toEqual({
      records: [
        expect.objectContaining({ name: estate.service.hostname, content: estate.balancers[0]?.address }),
        expect.objectContaining({ name: estate.cloudflare.edge?.canary }),
      ],
      securityLevel: "medium",
      servers: estate.servers.map(({ name }) => expect.objectContaining({ name }) as unknown),
      customers: expect.objectContaining({
        ok: expect.any(Number) as unknown,
        failed: expect.any(Number) as unknown,
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
      }) as unknown,
    });
    expect(await whole.asked.effects()).toEqual([]);
  });

  it("has a phone for every person, with the code of the moment", async () => {
    const { people } = whole.place.estate;
    expect(await whole.asked.phones()).toEqual(
      people.map(({ name, role }) => ({
        person: name,
        role,
        messages: [],
        code: expect.stringMatching(/^\d{6}$/) as unknown,
      })),
    );
  });

  it("lists every address, every process and the webhook's secret at /company", async () => {
    const { estate, port } = whole.place;
    const company = await whole.asked.company();
    expect(company.console).toBe(`http://127.0.0.1:${port}`);
    expect(company.nagios.secret.length).toBeGreaterThan(20);
    const addresses = company.parts.flatMap((part) => part.addresses);
    const expected = [...estate.dns.servers, ...estate.balancers, ...estate.servers].map(
      (one) => `${one.address}:${one.port}`,
    );
    expect(addresses).toEqual(expect.arrayContaining(expected));
    expect(addresses.filter((one) => !one.startsWith("127."))).toEqual([]);
    for (const part of company.parts) expect(part.pid).toBeGreaterThan(1);
  });
});
