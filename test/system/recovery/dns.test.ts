import { requirePart } from "../required";
import { approve, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";

/** The timer looks every 30 s, and twice; the plan and its windows follow. */
const MINUTE = 60_000;

(requirePart("wrong DNS records, on real sockets", "haproxy", "haproxy") ? describe : describe.skip)(
  "a hijacked record of the company that npm start builds",
  () => {
    let whole: Whole;
    beforeAll(async () => {
      whole = await prepareAll();
      await whole.start();
    }, MINUTE);
    afterAll(async () => whole.cleanUp(), MINUTE);

    it(
      "is put back after one approval, once it was seen good",
      async () => {
        const { asked } = whole;
        const { story } = asked;
        const [good] = (await asked.truth()).records;
        // What was never looked at is not known good.
        const looked = async () => !(await (await asked.send("/")).text()).includes("Not looked at yet.");
        await until("the company was looked at", looked, { within: MINUTE, story });
        await asked.break("dns-wrong-records", "stranger");
        await until("the manager is asked", async () => linkOf(asked, "bo"), { within: MINUTE, story });
        expect((await approve(asked, "bo")).status).toBe(303);
        const incident = await until(
          "the incident is closed",
          async () => {
            const now = await asked.incident();
            return now.state === "closed" && now;
          },
          { within: MINUTE, story },
        );
        expect(incident).toMatchObject({ finding: "dns-wrong-records", outcome: "recovered" });
        expect((await asked.truth()).records[0]).toEqual(good);
        const served = async () => (await asked.truth()).customers.streak >= 5;
        await until("customers are served", served, { within: MINUTE, story });
      },
      4 * MINUTE,
    );
  },
);
