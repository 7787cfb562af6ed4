import { EventType, type HistoryEvent } from "./history";

/** An event as the library's executor gets it. It makes a date of a timestamp that is text, each time anew. */
export type SeenEvent = Omit<HistoryEvent, "Timestamp"> & { Timestamp: Date };

export function seen(event: HistoryEvent, played: boolean): SeenEvent {
  return { ...event, IsPlayed: played, Timestamp: new Date(event.Timestamp) };
}

/**
 * The events for one call, from views that are kept between calls. A date that becomes the app's own
 * `currentUtcDateTime`, and details that reach it inside an error, are made anew: it may change them, and the next
 * replay must not see that.
 */
export function forOneCall(kept: SeenEvent[]): SeenEvent[] {
  return kept.map((event) => {
    if (event.EventType === EventType.OrchestratorStarted) {
      return { ...event, Timestamp: new Date(event.Timestamp) };
    }
    return event.FailureDetails ? structuredClone(event) : event;
  });
}
