import { type Action, ActionType, type RetryOptions } from "./answer";
import { Future } from "./future";
import type { ReplayState } from "./replay-state";

/** Where the script gets names from, and the bounds it keeps. */
export type ScriptOptions = {
  executionId: string;
  instanceId: string;
  parentInstanceId: string | null;
  maximumShortTimerMs: number;
  longTimerIntervalMs: number;
  maximumActions: number;
};

/** What this host can't do; fails the instance with a sentence. */
export class Unsupported extends Error {}

const longestRetryIntervalMs = 6 * 24 * 3600 * 1000;

/**
 * Runs the orchestrator's action list against the history: starts each action, waits for it, goes on to the next.
 * `ended` turns true when the last one is done.
 */
export class Script {
  readonly #state: ReplayState;
  readonly #options: ScriptOptions;
  readonly #actions: Action[];
  #count = 0;
  ended = false;

  constructor(state: ReplayState, actions: Action[], options: ScriptOptions) {
    this.#state = state;
    this.#actions = actions;
    this.#options = options;
  }

  /** Runs from action number `from` as far as the results go. */
  run(from = 0): void {
    for (let at = from; at < this.#actions.length; at += 1) {
      const action = this.#actions[at];
      const future = action ? this.#start(action) : Future.settled();
      if (!future.settled) {
        future.whenSettled(() => this.run(at + 1));
        return;
      }
    }
    this.ended = true;
  }

  #start(action: Action): Future {
    this.#count += 1;
    if (this.#count > this.#options.maximumActions) {
      throw new Unsupported(
        `Maximum amount of orchestration actions (${this.#options.maximumActions}) reached.`,
      );
    }
    switch (action.actionType) {
      case ActionType.CallActivity:
        return this.#activity(action);
      case ActionType.CallActivityWithRetry:
        return this.#withRetry(action, () => this.#activity(action));
      case ActionType.CallSubOrchestrator:
        return this.#subOrchestration(action);
      case ActionType.CallSubOrchestratorWithRetry:
        return this.#withRetry(action, () => this.#subOrchestration(action));
      case ActionType.ContinueAsNew:
        this.#state.continued ??= { input: action.input };
        return Future.settled();
      case ActionType.CreateTimer:
        return this.#timer(action);
      case ActionType.WaitForExternalEvent:
        return this.#state.waitForEvent(action.externalEventName ?? "");
      case ActionType.WhenAny:
        return this.#any(action.compoundActions ?? []);
      case ActionType.WhenAll:
        return this.#all(action.compoundActions ?? []);
      default:
        throw new Unsupported(refusal(action.actionType));
    }
  }

  #activity(action: Action): Future {
    const { functionName: name = "", input } = action;
    return this.#state.schedule({ kind: "activity", name, input }, { awaited: true });
  }

  #subOrchestration(action: Action): Future {
    const { functionName: name = "", input, version } = action;
    const instanceId = action.instanceId || `${this.#options.executionId}:${this.#state.nextId}`;
    if (instanceId === this.#options.instanceId || instanceId === this.#options.parentInstanceId) {
      throw new Unsupported(
        `The sub-orchestration '${name}' can't have the id '${instanceId}': it is the id of its parent or grandparent.`,
      );
    }
    return this.#state.schedule({ kind: "sub", name, instanceId, input, version }, { awaited: true });
  }

  /** The host makes the attempts; even the last failed one is followed by a timer, which fires at once. */
  #withRetry(action: Action, attempt: () => Future): Future {
    const outcome = new Future();
    const options = action.retryOptions;
    const tryOnce = (number: number): void => {
      const inner = attempt();
      inner.whenSettled(() => {
        if (!inner.failed || !options) {
          outcome.settle(inner.failed);
          return;
        }
        const last = number >= options.maxNumberOfAttempts;
        const fireAt = this.#state.clock + (last ? 0 : retryDelay(options, number));
        const pause = this.#state.schedule({ kind: "timer", fireAt }, { awaited: true });
        pause.whenSettled(() => (last ? outcome.settle(true) : tryOnce(number + 1)));
      });
    };
    tryOnce(1);
    return outcome;
  }

  /** A timer further away than the longest short one is a chain of timers; its final instant stays the same. */
  #timer(action: Action): Future {
    const fireAt = Date.parse(action.fireAt ?? "");
    const outcome = new Future();
    const isLong = () => fireAt - this.#state.clock > this.#options.maximumShortTimerMs;
    // The library looks at the clock again only for a chain: a short timer that fires early has fired.
    const chain = isLong();
    const arm = (): void => {
      const next = isLong() ? this.#state.clock + this.#options.longTimerIntervalMs : fireAt;
      const awaited = action.isCanceled !== true;
      const timer = this.#state.schedule({ kind: "timer", fireAt: next }, { awaited });
      if (!awaited) {
        outcome.settle(true);
        return;
      }
      timer.whenSettled(() => {
        if (chain && this.#state.clock < fireAt) {
          arm();
        } else {
          outcome.settle(false);
        }
      });
    };
    arm();
    return outcome;
  }

  #any(actions: Action[]): Future {
    const outcome = actions.length === 0 ? Future.settled() : new Future();
    const children = actions.map((action) => this.#start(action));
    for (const child of children) {
      child.whenSettled(() => outcome.settle(child.failed));
    }
    return outcome;
  }

  #all(actions: Action[]): Future {
    const outcome = actions.length === 0 ? Future.settled() : new Future();
    const children = actions.map((action) => this.#start(action));
    let left = children.length;
    for (const child of children) {
      child.whenSettled(() => {
        left -= 1;
        if (left === 0) {
          outcome.settle(children.some((one) => one.failed));
        }
      });
    }
    return outcome;
  }
}

function retryDelay(options: RetryOptions, attempt: number): number {
  const grown = options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** (attempt - 1);
  return Math.min(grown, options.maxRetryIntervalInMilliseconds ?? longestRetryIntervalMs);
}

function refusal(actionType: number): string {
  switch (actionType) {
    case ActionType.CallHttp:
      return "callHttp is not available in this host: make the request in an activity.";
    case ActionType.CallEntity:
    case ActionType.SignalEntity:
    case ActionType.ScheduledSignalEntity:
    case ActionType.LockEntities:
    case ActionType.ReleaseEntities:
      return "durable entities are not available in this host.";
    default:
      return `the action type ${actionType} is not known to this host.`;
  }
}
