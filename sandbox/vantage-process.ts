import type { ProbeResult } from "../shared/probe";
import { serveOrders } from "./lifeline";
import { endpointKey } from "./parts";
import { dialer } from "./real/dial";
import type { VantageOrders } from "./real/forked";
import { httpListener } from "./real/http-listener";
import { lookAt } from "./vantage/look";
import { admitted, isQuestion } from "./vantage/question";
import { jsonAnswer, runLater } from "./wire";

/** One vantage, as a process: looks at the company from an address of its own, all probes side by side. */
if (require.main === module) {
  serveOrders<VantageOrders>(async (first) => {
    let orders = first;
    const network = dialer((call) => orders.unreachable.includes(endpointKey(call)));
    const listener = httpListener(orders.listen, orders.setup.name, async (request) => {
      const question = admitted(orders.setup, request, Date.now());
      if (!isQuestion(question)) return question;
      const looks = question.probes.map(
        (probe): Promise<ProbeResult> => runLater(lookAt(probe, question.timeoutMs), network),
      );
      return jsonAnswer(200, { vantage: orders.setup.name, results: await Promise.all(looks) });
    });
    await listener.apply("open");
    return (next) => (orders = next);
  });
}
