import { app } from "@azure/functions";
import { INCIDENTS } from "../shared/ledger/incidents";
import { RecoveryError, textOf } from "../shared/errors";
import { answering } from "./edge/answering";
import { json } from "./edge/respond";
import { vantageName } from "./edge/role";
import { vantage } from "./edge/vantage";
import { world } from "./edge/world";

/**
 * Ready means: the configuration is read and the ledger answers; a vantage has none, and needs its secret. Nagios watches this, because nobody
 * inside can see that the whole app is gone (the platform says "Running" then).
 */
app.http("health", {
  methods: ["GET", "HEAD"],
  route: "api/health",
  authLevel: "anonymous",
  handler: answering("anybody", async (_request, context) => {
    try {
      return json(200, { status: "ok", service: "switchover", version: "0.1.0", ...(await ready()) });
    } catch (thrown) {
      context.error(textOf(thrown, 1_000));
      // Anybody may ask this, and the whole sentence names hosts, addresses and files.
      const known = thrown instanceof RecoveryError ? thrown : undefined;
      return json(503, {
        status: "not-ready",
        service: "switchover",
        version: "0.1.0",
        says: known?.code ?? "UNEXPECTED",
        hint: known?.hint ?? "The log has the reason.",
      });
    }
  }),
});

async function ready(): Promise<object> {
  if (vantageName() !== undefined) {
    const { name, company, secret } = await vantage();
    secret();
    return { company, vantage: name };
  }
  const here = await world();
  await here.ledger.read(INCIDENTS, "stop");
  return { company: here.estate.company };
}
