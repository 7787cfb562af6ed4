import { companyContract } from "../../sandbox/contract";
import { realSandbox, type RealSandbox } from "./real-sandbox";

let sandbox: RealSandbox;
beforeAll(async () => {
  sandbox = await realSandbox();
  await sandbox.start(["--stand-in"]);
});
afterAll(() => sandbox.cleanUp());

test("it says that HAProxy is a stand-in", async () => {
  expect(sandbox.printed()).toContain("lb-1 runs a stand-in for HAProxy");
  expect(await (await fetch(`${sandbox.url}/company`)).json()).toMatchObject({ haproxyIsReal: false });
});

companyContract(
  "with stand-ins for HAProxy",
  () => sandbox.body,
  (fault) => /balancer|api-server/.test(fault),
);
