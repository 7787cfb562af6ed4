import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { startEndpoint } from "../../nagios/endpoint";
import { startNagios } from "./nagios-rig";
test("record", async () => {
  const out: Record<string, string> = {};
  const sw = await startEndpoint((r) => { const f = new URLSearchParams(r.body.toString()); out[`${f.get("HOSTNAME")}-${f.get("SERVICEDESC") ?? "host"}-${f.get("NOTIFICATIONTYPE")}`] = [...f].map(([k, v]) => `NAGIOS_${k}=${v}`).join("\n"); return 202; });
  const P = 28080; let ok = true; let dns = true;
  const mk = (addr: string) => { const s = createServer((q, r) => r.writeHead(ok ? 200 : 500).end("[]")); return new Promise<typeof s>((res) => s.listen(P, addr, () => res(s))); };
  const api = await mk("127.77.2.10"); let lb: any = await mk("127.77.1.10");
  const dir = mkdtempSync(join(tmpdir(), "rec-")); chmodSync(dir, 0o755);
  const plug = () => writeFileSync(join(dir, "check_dns"), dns ? "#!/bin/sh\necho 'DNS OK - 0.012 seconds response time (shop.example.com. 60 IN A 127.77.0.10)'\n" : "#!/bin/sh\necho 'DNS WARNING - 0.020 seconds response time (Server not found in ANSWER SECTION)'; exit 1\n", { mode: 0o755 });
  plug();
  const pl = "/usr/lib/nagios/plugins";
  const n = await startNagios({
    hosts: [{ name: "api-main", address: "127.77.2.10", checkCommandLine: "/bin/true" }, { name: "lb-1", address: "127.77.1.10", checkCommandLine: `${pl}/check_tcp -H $HOSTADDRESS$ -p ${P}` }, { name: "shop.example.com", address: "127.77.0.10", checkCommandLine: "/bin/true" }],
    services: [{ host: "api-main", name: "Orders", checkCommandLine: `${pl}/check_http -I $HOSTADDRESS$ -p ${P} -H shop.example.com -u /orders` }, { host: "shop.example.com", name: "DNS", checkCommandLine: join(dir, "check_dns") }, { host: "shop.example.com", name: "Customers", checkCommandLine: `${pl}/check_http -I 127.77.1.10 -p ${P} -H shop.example.com -u /orders` }],
    endpoints: [sw.url], secret: "x" });
  const wait = async (k: string) => { const t = Date.now() + 30000; while (!out[k]) { if (Date.now() > t) throw new Error(k + JSON.stringify(out) + await n.log()); await new Promise((r) => setTimeout(r, 100)); } };
  await new Promise((r) => setTimeout(r, 5000));
  ok = false; await wait("api-main-Orders-PROBLEM"); await wait("shop.example.com-Customers-PROBLEM");
  await n.command("ACKNOWLEDGE_SVC_PROBLEM;api-main;Orders;2;1;1;ann;I look at it");
  await wait("api-main-Orders-ACKNOWLEDGEMENT"); ok = true; await wait("api-main-Orders-RECOVERY");
  dns = false; plug(); await wait("shop.example.com-DNS-PROBLEM");
  await new Promise((r) => { lb.close(r); lb.closeAllConnections(); }); await wait("lb-1-host-PROBLEM");
  lb = await mk("127.77.1.10"); await wait("lb-1-host-RECOVERY");
  await n.stop(); writeFileSync("/tmp/sc/rec.json", JSON.stringify(out, null, 1));
  api.close(); lb.close(); await sw.close();
}, 120000);
