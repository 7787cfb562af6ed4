import type { FailureDetails } from "./history";

/** The kinds of action an orchestrator can ask for. */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  ScheduledSignalEntity: 10,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

export type RetryOptions = {
  firstRetryIntervalInMilliseconds: number;
  maxNumberOfAttempts: number;
  backoffCoefficient?: number;
  maxRetryIntervalInMilliseconds?: number;
};

/** One action, cumulative since the execution began and without a number: replaying the list assigns numbers. */
export type Action = {
  actionType: number;
  functionName?: string;
  input?: unknown;
  instanceId?: string;
  version?: string;
  retryOptions?: RetryOptions;
  fireAt?: string;
  isCanceled?: boolean;
  externalEventName?: string;
  compoundActions?: Action[];
};

/** What an orchestrator function answered in one turn. */
export type Answer = {
  isDone: boolean;
  actions: Action[];
  output: unknown;
  /** Set when the orchestrator threw. */
  error: string | undefined;
  customStatus: unknown;
  failureDetails: FailureDetails | undefined;
};

type State = {
  isDone?: boolean;
  actions?: Action[][];
  output?: unknown;
  error?: string;
  customStatus?: unknown;
  failureDetails?: FailureDetails;
};

/** Between this mark and the end of an error's message stands the state of an orchestrator that threw. */
const marker = "\n\n$OutOfProcData$:";

/** Stands for an error without a message. The real host leaves such an instance running for ever. */
const unnamed = "the orchestrator threw an error without a message";

function read(state: State, threw: boolean): Answer {
  const actions = state.actions ?? [[]];
  if (actions.length !== 1) {
    throw new Error(`The orchestrator answered ${actions.length} lists of actions where one is expected.`);
  }
  return {
    isDone: state.isDone === true,
    actions: actions[0] ?? [],
    output: state.output,
    error: threw ? (state.error ?? unnamed) : undefined,
    customStatus: state.customStatus,
    failureDetails: state.failureDetails,
  };
}

/** Reads the state that an orchestrator returned, as JSON text. */
export function readAnswer(json: string): Answer {
  return read(JSON.parse(json) as State, false);
}

/** Reads the state out of the error of an orchestrator that threw; undefined for an error of another kind. */
export function readFailedAnswer(message: string): Answer | undefined {
  const at = message.indexOf(marker);
  return at < 0 ? undefined : read(JSON.parse(message.slice(at + marker.length)) as State, true);
}
