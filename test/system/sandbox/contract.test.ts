import { findHaproxy } from "../../../sandbox/real/haproxy-machine";
import { attackContract } from "../../sandbox/attack-contract";
import { companyContract } from "../../sandbox/contract";
import { vantageContract } from "../../sandbox/vantage-contract";
import { realSandbox, type RealSandbox } from "./real-sandbox";

let sandbox: RealSandbox;

beforeAll(async () => {
  sandbox = await realSandbox();
  await sandbox.start();
});
afterAll(() => sandbox.cleanUp());

test("the balancers run the real HAProxy where there is one", async () => {
  const real = findHaproxy();
  if (process.env["SWITCHOVER_REQUIRE_SYSTEM"] === "1") expect(real).toBeDefined();
  expect(await (await fetch(`${sandbox.url}/company`)).json()).toMatchObject({
    haproxyIsReal: real !== undefined,
  });
  expect(sandbox.printed()).toContain(
    real === undefined ? "runs a stand-in for HAProxy" : `lb-1 runs HAProxy ${real.version}`,
  );
});

companyContract("on real sockets", () => sandbox.body);
vantageContract("on real sockets", () => sandbox.body);
attackContract("on real sockets", () => sandbox.body);
