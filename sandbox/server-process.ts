import { apiServer } from "./api-server";
import { serveOrders } from "./lifeline";
import { dialer } from "./real/dial";
import type { ServerOrders } from "./real/forked";
import { httpListener } from "./real/http-listener";
import { runLater } from "./wire";

/** One API server, as a process. Its orders come from the sandbox over the lifeline. */
if (require.main === module) {
  serveOrders<ServerOrders>(async (first) => {
    let orders = first;
    const app = apiServer(orders, orders, () => orders.behaves);
    const network = dialer(() => "open");
    const listener = httpListener(orders.listen, orders.name, (request) => runLater(app(request), network));
    await listener.apply("open");
    return (next) => (orders = next);
  });
}
