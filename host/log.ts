/** One line of the host's or the app's log. `category` is "user", "system" or "host". */
export type LogEntry = {
  level: string;
  category: string;
  message: string;
  functionName?: string;
  instanceId?: string;
  /** True when an orchestrator wrote the line while replaying: it has been written before. */
  replay?: boolean;
};

export type LogSink = (entry: LogEntry) => void;

export const silent: LogSink = () => {};
