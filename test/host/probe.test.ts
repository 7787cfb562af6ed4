import { disposeRigs, rig, runToEnd, shape } from "./harness";
afterEach(disposeRigs);
const cases: [string, unknown][] = [
  ["retry", { key: "p3", okAt: 3 }],
  ["retry", { key: "p9", okAt: 99 }],
  ["retryUncaught", 1],
  ["retryFan", 1],
  ["longtimer", 1],
  ["throwact", 1],
  ["catchact", "boomString"],
  ["noact", 1],
  ["orchthrow", 1],
  ["orchthrow0", 1],
  ["emptyError", 1],
  ["can", 0],
  ["canText", undefined],
  ["parent", {}],
  ["parentCatchPlain", 1],
  ["parentRetry", 1],
  ["fan", 1],
  ["fanfail", 1],
  ["undef", 1],
  ["returnsNothing", 1],
  ["types", { value: true }],
  ["types", { value: "123" }],
  ["types", { value: 5 }],
  ["types", {}],
  ["input", undefined],
  ["callsHttp", 1],
  ["bigStatus", 1],
  ["incident", 1],
];
test("probe", async () => {
  const r = await rig();
  let i = 0;
  const out: string[] = [];
  for (const [name, input] of cases) {
    const id = `p${i++}`;
    await r.start(name, id, input);
    await runToEnd(r);
    const s = r.host.status(id);
    out.push(
      `${name} ${JSON.stringify(input)} ${s?.runtimeStatus} ${JSON.stringify(s?.output)?.slice(0, 300)}\n    ${shape(r.host, id)}`,
    );
  }
  console.log(out.join("\n"));
  console.log(
    r.log
      .filter((l) => l.category === "host")
      .map((l) => l.message)
      .join("\n")
      .slice(0, 3000),
  );
});
