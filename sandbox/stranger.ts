import { textAnswer, type App } from "./wire";

/** Somebody else's server, outside the company: it answers everything with 200, and is never broken by us. */
export const stranger: App = function* answerRequest() {
  return textAnswer(200, "<html><body>This domain may be for sale.</body></html>\n");
};
