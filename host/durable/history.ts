/** The events of an orchestration's history, in the shape that the Durable Task extension sends to its workers. */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionFailed: 2,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
  ContinueAsNew: 16,
  GenericEvent: 17,
  HistoryState: 18,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

export type EventCode = (typeof EventType)[keyof typeof EventType];

export type FailureDetails = {
  ErrorType: string;
  ErrorMessage: string;
  StackTrace: string | null;
  InnerFailure: FailureDetails | null;
  IsNonRetriable: boolean;
  Properties: Record<string, unknown> | null;
};

/** The parent of a sub-orchestration, and the number under which it waits for the child. */
export type ParentInstance = {
  Name: string;
  OrchestrationInstance: { InstanceId: string; ExecutionId: string };
  TaskScheduleId: number;
  Version: string | null;
};

/** Which fields an event has depends on its type; texts named Input and Result are JSON. */
export type HistoryEvent = {
  EventType: EventCode;
  /** The own number of what was scheduled, -1 for what arrived. */
  EventId: number;
  /** As later turns see it; the turn that brings the event in shows false. */
  IsPlayed: boolean;
  /** ISO 8601, UTC. */
  Timestamp: string;
  Name?: string;
  Version?: string | null;
  Input?: string | null;
  Result?: string | null;
  TaskScheduledId?: number;
  TimerId?: number;
  FireAt?: string;
  Reason?: string | null;
  Details?: string | null;
  FailureDetails?: FailureDetails | null;
  InstanceId?: string;
  OrchestrationInstance?: { InstanceId: string; ExecutionId: string };
  ParentInstance?: ParentInstance | null;
  OrchestrationStatus?: string;
  Data?: string | null;
  Tags?: null;
  Correlation?: null;
  ParentTraceContext?: null;
  ScheduledStartTime?: null;
  Generation?: number | null;
  GenerateNewTrace?: boolean;
  ClientSpanId?: null;
};

/** The events that arrive from outside a turn; they alone are marked as played later. */
const arriving: ReadonlySet<EventCode> = new Set([0, 3, 5, 6, 8, 9, 11, 15, 17, 19, 20]);

export const isArrival = (code: EventCode): boolean => arriving.has(code);

type Fields = Omit<HistoryEvent, "EventType" | "EventId" | "IsPlayed" | "Timestamp">;

/** An event that arrives: a start, a result, an external event. */
export function arrival(code: EventCode, timestamp: string, fields: Fields = {}): HistoryEvent {
  return { EventType: code, ...fields, EventId: -1, IsPlayed: isArrival(code), Timestamp: timestamp };
}

/** An event that a turn schedules under its own number. */
export function scheduled(code: EventCode, id: number, timestamp: string, fields: Fields): HistoryEvent {
  return { EventType: code, ...fields, EventId: id, IsPlayed: false, Timestamp: timestamp };
}

export function executionStarted(
  timestamp: string,
  start: {
    instanceId: string;
    executionId: string;
    name: string;
    version: string | null;
    input: string | null;
    parent: ParentInstance | null;
    generation: number | null;
  },
): HistoryEvent {
  return arrival(EventType.ExecutionStarted, timestamp, {
    OrchestrationInstance: { InstanceId: start.instanceId, ExecutionId: start.executionId },
    ParentInstance: start.parent,
    Name: start.name,
    Version: start.version,
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: start.generation,
    GenerateNewTrace: false,
  });
}
