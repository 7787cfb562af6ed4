import * as df from "durable-functions";
import { signatureVerifier } from "../adapters/alert-signature";
import { secretsFrom } from "../adapters/settings/secrets";
import { answerAlert } from "../activities/answer-alert";
import { intake, refusalBody } from "../shared/alert/intake";
import { textOf } from "../shared/errors";
import { acceptAlert, type AlertRow } from "../shared/ledger/alerts";
import { answering } from "./edge/answering";
import { durableEngine } from "./edge/engine";
import { json } from "./edge/respond";
import { app } from "./edge/role";
import { failed } from "./edge/throttle";
import { world } from "./edge/world";

const client = df.input.durableClient();

/** Nagios' notifications, signed. What is answered 2xx is in the ledger first, and is never lost after that. */
app.http("alertsNagios", {
  methods: ["POST"],
  route: "api/alerts/nagios",
  authLevel: "anonymous",
  extraInputs: [client],
  handler: answering("anybody", async (request, context) => {
    const here = await world();
    const body = new Uint8Array(await request.arrayBuffer());
    const secret = secretsFrom(process.env, here.estate)(here.estate.nagios.secret);
    const now = here.clock.now();
    const answer = intake(
      {
        contentLength: request.headers.get("content-length"),
        contentType: request.headers.get("content-type"),
        headers: request.headers,
        body,
      },
      { now, secrets: [signatureVerifier(secret)] },
    );
    if (answer.status === 401)
      return failed(here, "unsigned-alert", json(401, answer.body), (line) => context.warn(line));
    if (answer.status !== 202) return json(answer.status, answer.body);

    const { alert } = answer;
    const bodyHash = here.digest({ body: Buffer.from(body).toString("base64") });
    const row: AlertRow = {
      id: alert.id,
      receivedAt: now,
      bodyHash,
      type: alert.type,
      host: alert.host,
      service: alert.service,
      state: alert.state,
      says: alert.output,
      disposition: null,
    };
    const accepted = await acceptAlert(here.ledger, row);
    if (accepted === "different") {
      const says = "This id came before, with another body.";
      return json(
        409,
        refusalBody({
          code: "id-reused",
          says,
          where: "header webhook-id",
          value: alert.id,
          hint: "Give every notification an id of its own.",
        }),
      );
    }
    if (accepted === "same")
      return json(200, { accepted: alert.id, says: "Known already; nothing new was opened." });
    try {
      await answerAlert(row, here, durableEngine(df.getClient(context), here));
    } catch (thrown) {
      // It is in the ledger: the next tick's sweep answers it.
      context.error(`The alert ${alert.id} waits for the sweep: ${textOf(thrown)}`);
    }
    return json(202, answer.body);
  }),
});
