import type { App } from "../app/app";
import type { HostClock } from "../clock";
import type { HostSettings } from "../host-json";
import type { Hostile } from "../hostile/hostile";
import type { LogSink } from "../log";
import type { Committer } from "../store/committer";
import type { Database } from "../store/database";
import type { Endings } from "./endings";
import type { Results } from "./results";
import type { HistoryCache } from "./history-cache";

/** What the durable part of the host works with. */
export type Engine = {
  app: App;
  db: Database;
  committer: Committer;
  settings: HostSettings;
  clock: HostClock;
  log: LogSink;
  cache: HistoryCache;
  endings: Endings;
  /** Undefined where every outcome is committed by itself: one step at a time, or hostile. */
  results: Results | undefined;
  /** Makes things go wrong on purpose; undefined in earnest. */
  hostile: Hostile | undefined;
  /** The durable client's addresses, as JSON text. */
  clientPayload(): string;
};
