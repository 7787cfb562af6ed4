import { readAlert } from "../../shared/ledger/alerts";
import { startDrill, type Drill } from "../support/drill";
import { TEST_SECRETS } from "../support/estate";
import { closeEndpoints, startEndpoint, type Answer, type Endpoint, type Received } from "./endpoint";
import { makeForwarder, problem, removeForwarders, until } from "./forwarder";

const SECRET = TEST_SECRETS["NAGIOS_WEBHOOK_SECRET"] ?? "";

const down = {
  NOTIFICATIONTYPE: "PROBLEM",
  HOSTNAME: "lb-1",
  HOSTSTATE: "DOWN",
  HOSTSTATETYPE: "HARD",
  HOSTATTEMPT: "3",
  HOSTPROBLEMID: "7",
  HOSTOUTPUT: 'CRITICAL - "no" answer & nothing else',
};

/** The shipped forwarder, its curl and its signature, against the registered function and the real ledger. */
describe("what Nagios hands to the forwarder", () => {
  let drill: Drill;
  let endpoint: Endpoint;
  /** What the function answered, in order. */
  let answers: number[];

  beforeEach(async () => {
    answers = [];
    // The forwarder signs with the machine's time.
    drill = await startDrill({ mode: "straight", startAt: new Date().toISOString() });
    endpoint = await startEndpoint(pass);
  });
  afterEach(async () => {
    await removeForwarders();
    await closeEndpoints();
    await drill.end();
  });

  async function pass({ method, path, headers, body }: Received): Promise<Answer> {
    const wanted = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const request = new Request(`http://localhost${path}`, {
      method,
      headers: wanted,
      body: Uint8Array.from(body),
    });
    const answer = await drill.host().fetch(request);
    answers.push(answer.status);
    return { status: answer.status, body: await answer.text() };
  }

  const idOf = (at: number) => String(endpoint.received[at]?.headers["webhook-id"]);
  const alerts = async () => await drill.ledger.list("alerts", { limit: 10 });

  it("is in the ledger as an alert that led to an incident, and leaves the spool", async () => {
    const forwarder = await makeForwarder([endpoint.url], { secret: SECRET });
    drill.company.break("balancer-host-down");
    await forwarder.notify(down);
    await until("the empty spool", async () => (await forwarder.files("queue")).length === 0);
    expect(answers).toEqual([202]);
    const [incident] = await drill.incidents();
    expect(await readAlert(drill.ledger, idOf(0))).toMatchObject({
      type: "PROBLEM",
      host: "lb-1",
      service: null,
      state: "DOWN",
      says: 'CRITICAL - "no" answer & nothing else',
      disposition: { incident: incident?.id },
    });
    expect(await forwarder.files("rejected")).toEqual([]);
  });

  it("is in the ledger once when the answer to it was lost and it is sent again", async () => {
    let lost = false;
    const flaky = await startEndpoint(async (request) => {
      const said = await pass(request);
      if (lost) return said;
      lost = true;
      return 503;
    });
    const forwarder = await makeForwarder([flaky.url], { secret: SECRET });
    await forwarder.notify(problem);
    await until("the empty spool", async () => (await forwarder.files("queue")).length === 0);
    expect(answers).toEqual([202, 200]);
    expect((await alerts()).filter((row) => row.key.startsWith("alert/"))).toMatchObject([
      { value: { host: "api-main", service: "API", state: "CRITICAL" } },
    ]);
    expect(await drill.incidents()).toHaveLength(1);
  });

  it("is refused, kept aside and in no ledger when it is signed with another secret", async () => {
    const forwarder = await makeForwarder([endpoint.url], { secret: "another secret" });
    await forwarder.notify(down);
    await until("the refusal", async () => (await forwarder.files("rejected")).length === 1);
    expect(answers).toEqual([401]);
    expect(await alerts()).toEqual([]);
    expect(await drill.incidents()).toEqual([]);
  });
});
