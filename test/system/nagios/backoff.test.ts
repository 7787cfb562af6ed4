import { closeEndpoints, startEndpoint } from "../../nagios/endpoint";
import { makeForwarder, problem, removeForwarders, until } from "../../nagios/forwarder";
import { until as poll } from "../../support/until";

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

test("asks less and less often, but at once when there is something new to say", async () => {
  let well = false;
  const endpoint = await startEndpoint(() => (well ? 202 : 503));
  const forwarder = await makeForwarder([endpoint.url]);
  await forwarder.notify(problem);
  // 1 + 2 + 4 + 8 s, each half to one and a half times that.
  await poll("a pause of 16 s", async () => (await forwarder.log()).includes("next round in about 16 s"), {
    within: 40_000,
  });
  expect(endpoint.received).toHaveLength(5);
  expect(new Set(endpoint.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  well = true;
  const before = Date.now();
  await forwarder.notify({ ...problem, HOSTNAME: "second" });
  await until("both notifications", async () => (await forwarder.files("queue")).length === 0);
  // The pause would have lasted 8 s at least.
  expect(Date.now() - before).toBeLessThan(7_000);
  expect(endpoint.received).toHaveLength(7);
});
