import { certificateContract } from "../../sandbox/certificate-contract";
import { guardedRawEstate, tlsRawEstate } from "../../sandbox/estate";
import { realSandbox, type RealSandbox } from "./real-sandbox";

const bodies = [
  { name: "on real sockets", extra: [] },
  { name: "with a stand-in for HAProxy", extra: ["--stand-in"] },
];

/** The vantages are the program that a company installs, told of the sandbox's authority as it would be of one's own. */
describe.each(bodies)("$name", ({ name, extra }) => {
  let sandbox: RealSandbox;
  beforeAll(async () => {
    sandbox = await realSandbox(tlsRawEstate(guardedRawEstate()));
    await sandbox.start(extra);
  });
  afterAll(() => sandbox.cleanUp());

  certificateContract(name, () => sandbox.body);
});
