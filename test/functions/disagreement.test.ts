import { startDrill } from "../support/drill";

test("when one vantage is cut off from the edge and the other from the balancers, the console says what each saw", async () => {
  const drill = await startDrill({ mode: "straight" });
  try {
    await drill.advance(31_000);
    expect(await drill.page("/")).not.toContain("The vantages disagree");
    drill.company.break("unclear", "disagree");
    await drill.until("the console shows it", async () =>
      (await drill.page("/")).includes("The vantages disagree"),
    );
    const section = /<section class="disputes"[^]*?<\/section>/.exec(await drill.page("/"))?.[0] ?? "";
    expect(section).toMatch(
      /edge<\/h3>[^]*?warsaw<\/strong>: no connection[^]*?dublin<\/strong>: answered 200/,
    );
    expect(section).toMatch(
      /lb-1<\/h3>[^]*?warsaw<\/strong>: answered 200[^]*?dublin<\/strong>: no connection/,
    );
  } finally {
    await drill.end();
  }
});
