import { until } from "../../support/until";
import type { Report } from "../../../cli/observe/report";
import { launch } from "../support/launched";
import { startParts, type Parts } from "../support/running";

describe("npm start -- --observe, beside a company that nobody watches", () => {
  let parts: Parts;
  beforeAll(async () => {
    parts = await startParts();
  }, 60_000);
  afterAll(async () => parts.cleanUp(), 60_000);

  const looking = (...more: string[]) =>
    launch("cli/main.js", ["up", "--observe", "--config", parts.place.config, ...more], {
      SWITCHOVER_STATE: parts.place.state,
    });
  const look = async () => {
    const process = looking("--output", "json");
    const { code } = await process.ended;
    return { code, report: JSON.parse(await process.said) as Report };
  };

  it("says that it is healthy, by its exit code too, and that every door opens", async () => {
    const { code, report } = await look();
    expect(code).toBe(0);
    expect(report).toMatchObject({ health: "healthy", wouldDo: { kind: "nothing" } });
    expect(report.access.filter(({ works, to }) => !works && to !== "links to decisions")).toEqual([]);
  });

  it("says what it would change when the load balancer is gone, and changes nothing", async () => {
    const [before] = (await parts.asked.truth()).records;
    await parts.asked.break("balancer-host-down");
    const { code, report } = await look();
    expect(code).toBe(2);
    const backup = parts.place.estate.servers.find((one) => one.role === "backup");
    expect(report.wouldDo).toMatchObject({
      kind: "plan",
      plan: "bypassDeadBalancer",
      steps: [
        {
          old: expect.stringContaining(before?.content ?? "no record") as string,
          new: expect.stringContaining(backup?.address ?? "no backup") as string,
          refused: null,
        },
      ],
    });
    expect(await parts.asked.effects()).toEqual([]);
    expect((await parts.asked.truth()).records[0]).toEqual(before);
  });

  it("watches until Ctrl-C, and sees it heal", async () => {
    const process = looking("--watch");
    const said = (words: string) =>
      until(`it says ${words}`, async () => process.output().includes(words), {
        within: 20_000,
        story: process.output,
      });
    await said("NOT HEALTHY: balancer-host-down of lb-1");
    await parts.asked.heal("balancer-host-down");
    await said("\nHEALTHY");
    expect((await process.signal("SIGINT")).code).toBe(0);
    expect(await parts.asked.effects()).toEqual([]);
  }, 60_000);
});
