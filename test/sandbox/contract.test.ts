import { allFaults } from "../../sandbox/faults";
import { attackContract } from "./attack-contract";
import { memoryBody, type Body } from "./body";
import { companyContract } from "./contract";
import { testEstate } from "./estate";

let body: Body;
beforeEach(() => {
  body = memoryBody(testEstate());
});

companyContract("in memory", () => body);
attackContract("in memory", () => body);

test("every finding that the company can be broken into has at least two ways", () => {
  for (const fault of allFaults()) expect([fault.name, fault.ways.length >= 2]).toEqual([fault.name, true]);
});
