/** Runs a child of the sandbox: takes orders, reports, and ends when the sandbox is gone, however it went. */
export function serveOrders<T>(begin: (first: T) => Promise<(next: T) => void>): void {
  let update: Promise<(next: T) => void> | undefined;
  // Ctrl-C on a terminal reaches every process; the sandbox decides when its parts end.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit(0));
  process.on("message", (message) => {
    const orders = message as T;
    if (update !== undefined) {
      void update.then((apply) => apply(orders));
      return;
    }
    update = begin(orders);
    update.then(
      () => process.send?.({ ready: true }),
      (thrown: unknown) => {
        process.send?.({ failed: thrown instanceof Error ? thrown.message : String(thrown) }, () =>
          process.exit(1),
        );
      },
    );
  });
}
