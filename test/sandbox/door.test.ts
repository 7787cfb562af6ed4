import { memoryBody, type Body } from "./body";
import { doorContract } from "./door-contract";
import { guardedRawEstate, testEstate } from "./estate";

let body: Body;
beforeEach(async () => {
  body = memoryBody(testEstate(guardedRawEstate));
  await body.second();
});

doorContract("in memory", () => body);
