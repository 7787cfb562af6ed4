/** The pages people see, as pure functions from a view to a whole HTML document. Routes are others' business. */
export { classifyPage } from "./classify-page";
export { consolePage } from "./console-page";
export type { ConsoleView, SystemView } from "./console-view";
export { gateGonePage } from "./gate-gone-page";
export { gatePage } from "./gate-page";
export { gateWords } from "./words";
export { approvals } from "./votes";
export type { GatePageView, GateProblem } from "./gate-view";
export { incidentPage } from "./incident-page";
export { scriptPath, stylePath } from "./layout";
export { liveScript } from "./live";
export { securityHeaders } from "./security-headers";
export { signInPage } from "./sign-in-page";
export { style } from "./style";
