import { memoryBody, type Body } from "./body";
import { testEstate } from "./estate";
import { vantageContract } from "./vantage-contract";

let body: Body;
beforeEach(() => {
  body = memoryBody(testEstate());
});

vantageContract("in memory", () => body);
