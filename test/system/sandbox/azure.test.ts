import { azureContract } from "../../sandbox/azure-contract";
import { realSandbox, type RealSandbox } from "./real-sandbox";

let sandbox: RealSandbox;
beforeAll(async () => {
  sandbox = await realSandbox();
  await sandbox.start();
});
afterAll(() => sandbox.cleanUp());

azureContract("on real sockets", () => sandbox.body);
