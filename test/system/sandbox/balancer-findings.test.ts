import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { look } from "../../../activities/look";
import { openSqliteLedger } from "../../../adapters/ledger/sqlite";
import { createWorld } from "../../../adapters/world";
import { conclude } from "../../../shared/conclude/conclude";
import type { Diagnosis } from "../../../shared/diagnosis";
import type { World } from "../../../shared/world";
import { eventually } from "../../sandbox/body";
import { guardedRawEstate, tlsRawEstate } from "../../sandbox/estate";
import { realSandbox, type RealSandbox } from "./real-sandbox";

/** By TLS and through the guarded door, so that what a full or misled HAProxy says of itself is asked as it is in earnest. */
let sandbox: RealSandbox;
let world: World;
let folder: string;
beforeAll(async () => {
  sandbox = await realSandbox(tlsRawEstate(guardedRawEstate()));
  await sandbox.start();
  folder = mkdtempSync(join(tmpdir(), "switchover-"));
  const { estate, secrets } = sandbox.body;
  world = createWorld({ estate, secrets, ledger: openSqliteLedger({ file: join(folder, "ledger.db") }) });
});
afterAll(async () => {
  await world.ledger.close();
  rmSync(folder, { recursive: true, force: true });
  await sandbox.cleanUp();
});

const diagnosis = async (): Promise<Diagnosis> => conclude(await look({}, world), sandbox.body.estate);
const finding = async () => (await diagnosis()).finding;

test.each([
  ["balancer-misconfigured", "no-servers", /has no server in api\. api-main and api-backup serve/],
  ["balancer-misconfigured", "wrong-servers", /finds no server where its configuration has them/],
  ["balancer-misconfigured", "wrong-port", /runs, but does not take customers/],
  ["balancer-saturated", "held", /full: 5\d\d of 512 connections/],
  ["balancer-saturated", "lowered", /full: \d\d of 20 connections/],
  ["certificate-expired", "expired", /lb-1 answers, but its certificate has expired on \d{4}-\d\d-\d\d/],
  ["certificate-expired", "wrong-name", /its certificate is not for shop\.example\.com/],
])("%s, caused by %s, is named on real parts, and it is well again when healed", async (fault, way, says) => {
  await eventually(sandbox.body, finding, "healthy");
  await sandbox.body.break(fault, way);
  await eventually(sandbox.body, finding, fault);
  expect(await diagnosis()).toMatchObject({
    finding: fault,
    target: "lb-1",
    confidence: "confirmed",
    says: expect.stringMatching(says) as string,
  });
  await sandbox.body.heal(fault);
  await eventually(sandbox.body, finding, "healthy");
});
