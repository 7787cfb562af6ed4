import { consolePage, incidentPage, liveScript, scriptPath, style, stylePath } from "../console";
import { incidentDetail } from "../shared/ledger/detail";
import { answering } from "./edge/answering";
import { consoleView } from "./edge/console-view";
import { asset, page } from "./edge/respond";
import { app } from "./edge/role";
import { world } from "./edge/world";

/** `route: ""` is answered by the host itself on Azure; an optional parameter of no length is not. */
app.http("root", {
  methods: ["GET", "HEAD"],
  route: "{ignored:maxlength(0)?}",
  authLevel: "anonymous",
  handler: answering("operators", async () => page(200, consolePage(await consoleView(await world())))),
});

app.http("consoleIncident", {
  methods: ["GET", "HEAD"],
  route: "incidents/{id}",
  authLevel: "anonymous",
  handler: answering("operators", async (request) => {
    const here = await world();
    const detail = await incidentDetail(here.ledger, request.params["id"] ?? "");
    if (detail === undefined) return page(404, consolePage(await consoleView(here)));
    return page(200, incidentPage(detail, here.estate.company, here.clock.now()));
  }),
});

app.http("consoleStyle", {
  methods: ["GET"],
  route: stylePath.slice(1),
  authLevel: "anonymous",
  handler: answering("anybody", async () => asset("text/css", style)),
});

app.http("consoleScript", {
  methods: ["GET"],
  route: scriptPath.slice(1),
  authLevel: "anonymous",
  handler: answering("anybody", async () => asset("text/javascript", liveScript)),
});
