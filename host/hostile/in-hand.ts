import type { WorkQueue } from "../work-queue";
import type { LateWork } from "./late-work";

/** What the dispatcher has in hand when something goes wrong. */
export type InHand = {
  queue: WorkQueue;
  late: LateWork;
  live: boolean;
  /** Rows of the activities that run. */
  activities: Set<number>;
};
