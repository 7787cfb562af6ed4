import { mainServer } from "../parts";
import { hits, type Ways } from "./way";

export const serverFaults = {
  "api-server-sick": {
    errors: (estate) => hits([{ part: mainServer(estate).name, behaves: "errors" }]),
    slow: (estate) => hits([{ part: mainServer(estate).name, behaves: "slow" }]),
  },
  "api-server-down": {
    killed: (estate) => hits([{ part: mainServer(estate).name, service: "failed" }]),
    stopped: (estate) => hits([{ part: mainServer(estate).name, service: "inactive" }]),
    "powered-off": (estate) => hits([{ part: mainServer(estate).name, machine: "stopped" }]),
    deallocated: (estate) => hits([{ part: mainServer(estate).name, machine: "deallocated" }]),
    hung: (estate) => hits([{ part: mainServer(estate).name, net: "hung" }]),
  },
  "all-api-servers-down": {
    killed: (estate) => hits(estate.servers.map((one) => ({ part: one.name, service: "failed" }))),
    "powered-off": (estate) => hits(estate.servers.map((one) => ({ part: one.name, machine: "stopped" }))),
    unhealthy: (estate) => hits(estate.servers.map((one) => ({ part: one.name, behaves: "unhealthy" }))),
    hung: (estate) => hits(estate.servers.map((one) => ({ part: one.name, net: "hung" }))),
  },
} satisfies Ways;
