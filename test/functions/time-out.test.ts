import { explain } from "../../cli/ask-running";
import { startDrill, type Drill } from "../support/drill";
import { hasLink, openLink } from "../support/people";
import { served, type Served } from "../support/served";
import { textOf } from "../console/markup";

/** Whoever opens an old link, the console or `explain` must learn that nothing was done: silence is no consent. */
describe("a question whose time ran out", () => {
  const DONE = "Time ran out; nothing was done";
  let drill: Drill;
  let server: Served;
  let path: string;
  let said: string[];
  beforeEach(async () => {
    said = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    ({ path } = await openLink(drill, "bo"));
    server = await served((request) => drill.host().fetch(request));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    server.close();
    await drill.end();
  });
  const explained = async () => {
    said.length = 0;
    await explain(["--url", server.url]);
    return said.join("\n");
  };
  const pageOf = async (at: string) => textOf(await (await drill.get(at)).text());

  it("is waiting as long as there is time", async () => {
    expect(await explained()).toMatch(/decision +plan \w{12}: Waiting for approval, 0 of \d approvals?\. /);
  });

  it.each([
    ["once the ledger says so", async () => drill.advance(drill.estate.policy.gateExpiresAfter + 60_000)],
    [
      "while no engine is there to write it down",
      async () => {
        const late = Date.parse(drill.company.now()) + drill.estate.policy.gateExpiresAfter + 60_000;
        drill.company.advanceTo(new Date(late).toISOString());
      },
    ],
  ])("is shown as that on its page, its incident's page and by `explain`, %s", async (_when, pass) => {
    await pass();
    const { id } = await drill.incident();
    expect((await drill.incident()).gates).toMatchObject([{ state: "expired" }]);
    expect(await pageOf(path)).toContain(DONE);
    expect(await pageOf(`/incidents/${id}`)).toContain(DONE);
    expect(await explained()).toMatch(new RegExp(`decision +plan \\w{12}: ${DONE}, 0 of`));
  });
});
