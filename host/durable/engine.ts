import type { App } from "../app/app";
import type { HostClock } from "../clock";
import type { HostSettings } from "../host-json";
import type { LogSink } from "../log";
import type { Committer } from "../store/committer";
import type { Database } from "../store/database";
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
  /** The durable client's addresses, as JSON text. */
  clientPayload(): string;
};
