import { EventEmitter } from "node:events";

/** What an activity did, told to a driver in the same process: the activity's name, with the id of the incident. */
export const marks = new EventEmitter();
