import { explain } from "../../cli/ask-running";
import { hold, release, stop } from "../../cli/change-running";
import { startDrill, type Drill } from "../support/drill";
import { codeOf } from "../support/people";
import { served, type Served } from "../support/served";

/** The commands talk to the real app, over a socket in front of the host in virtual time. */
describe("the command line", () => {
  let drill: Drill;
  let server: Served;
  let url: string;
  const said: string[] = [];
  beforeEach(async () => {
    said.length = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
    drill = await startDrill({ mode: "straight" });
    server = await served((request) => drill.host().fetch(request));
    url = server.url;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    server.close();
    await drill.end();
  });

  it("stops everything, and goes on only with a person's code", async () => {
    await stop(["--url", url, "--by", "ann", "--reason", "quarter close"]);
    drill.company.break("api-server-sick");
    await drill.advance(120_000);
    expect(drill.company.effects()).toEqual([]);
    await expect(release(["--url", url, "--by", "ann", "--reason", "done"])).rejects.toThrow(/six digits/);
    await release(["--url", url, "--by", "ann", "--reason", "done", "--code", codeOf(drill, "ann")]);
    await drill.until("the server is drained", () => drill.company.effects().length === 1);
    await explain(["--url", url]);
    expect(said.join("\n")).toContain("quarter close");
  });

  it("holds one system, and says what is wrong with what it was given", async () => {
    await hold(["--url", url, "--system", "api-servers", "--for", "2h", "--by", "ann", "--reason", "deploy"]);
    await expect(
      hold(["--url", url, "--system", "api", "--for", "2h", "--by", "a", "--reason", "x"]),
    ).rejects.toThrow(/api-servers/);
    await release(["--url", url, "--system", "api-servers", "--by", "ann", "--code", codeOf(drill, "ann")]);
    expect(said).toContain("api-servers is released.");
  });

  it("says that nobody answers, and how to start it", async () => {
    await expect(stop(["--url", "http://127.0.0.1:1", "--by", "ann", "--reason", "x"])).rejects.toThrow(
      /npm start/,
    );
  });
});
