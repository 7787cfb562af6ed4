import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "../../../host/durable/client";
import { Endings } from "../../../host/durable/endings";
import type { Engine } from "../../../host/durable/engine";
import { HistoryCache } from "../../../host/durable/history-cache";
import { rewind } from "../../../host/durable/rewind";
import { runTurn } from "../../../host/durable/turn";
import { readHostJson } from "../../../host/host-json";
import { collectApp, EventType } from "../../../host/index";
import { silent } from "../../../host/log";
import { Committer } from "../../../host/store/committer";
import { openDatabase } from "../../../host/store/database";
import { readHistory } from "../../../host/store/history-rows";
import { findInstance } from "../../../host/store/instances";
import { instancesWithWork } from "../../../host/store/messages";

const directory = mkdtempSync(join(tmpdir(), "turn-"));
let engine: Engine;

beforeEach(async () => {
  const db = openDatabase(join(directory, `${Math.random()}.db`));
  engine = {
    app: await collectApp(() => {}),
    db,
    committer: new Committer(db, { grouped: true, hook() {}, committed() {} }),
    settings: readHostJson({}, {}, 1),
    clock: Date,
    log: silent,
    cache: new HistoryCache(),
    endings: new Endings(),
    results: undefined,
    hostile: undefined,
    clientPayload: () => "",
  };
});
afterEach(() => engine.db.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** An instance that has failed, since its orchestrator isn't there. */
async function failed(): Promise<number> {
  await start(engine, { name: "missing", instanceId: "x", input: null });
  const n = findInstance(engine.db, "x")?.n ?? 0;
  await runTurn(engine, n);
  expect(findInstance(engine.db, "x")?.status).toBe("Failed");
  return n;
}

test("a turn that found an instance ended goes on with it when it is rewound before the turn is written", async () => {
  const n = await failed();
  // Both go into one group: the turn sees an instance that has ended, and is written when it no longer has.
  const rewound = rewind(engine, "x", "r");
  await Promise.all([rewound, runTurn(engine, n)]);
  expect(findInstance(engine.db, "x")?.status).toBe("Failed");
  const ends = readHistory(engine.db, n).filter(
    ({ EventType: code }) => code === EventType.ExecutionCompleted,
  );
  expect(ends).toHaveLength(1);
});

test("a turn that found an instance ended takes nothing from the one that replaces it", async () => {
  const n = await failed();
  const replaced = start(engine, { name: "missing", instanceId: "x", input: null });
  await Promise.all([replaced, runTurn(engine, n)]);
  const after = findInstance(engine.db, "x");
  expect(after?.status).toBe("Pending");
  expect(instancesWithWork(engine.db, Date.now())).toEqual([after?.n]);
});
