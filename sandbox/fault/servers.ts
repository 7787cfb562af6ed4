import { mainServer } from "../parts";
import { hits, type Ways } from "./way";

export const serverFaults = {
  "api-server-sick": {
    errors: (estate) => hits([{ part: mainServer(estate).name, behaves: "errors" }]),
    slow: (estate) => hits([{ part: mainServer(estate).name, behaves: "slow" }]),
  },
  "api-server-down": {
    killed: (estate) => hits([{ part: mainServer(estate).name, net: "refused" }]),
    hung: (estate) => hits([{ part: mainServer(estate).name, net: "hung" }]),
  },
  "all-api-servers-down": {
    killed: (estate) => hits(estate.servers.map((one) => ({ part: one.name, net: "refused" }))),
    unhealthy: (estate) => hits(estate.servers.map((one) => ({ part: one.name, behaves: "unhealthy" }))),
    hung: (estate) => hits(estate.servers.map((one) => ({ part: one.name, net: "hung" }))),
  },
} satisfies Ways;
