import { connect, type TLSSocket } from "node:tls";
import type { DoorKeys } from "../../../adapters/door-keys";
import { socketExchange } from "../../../adapters/runtime-api";
import { certificateAuthority } from "../../../sandbox/certificate-authority";
import { keptCertificates } from "../../../sandbox/certificates";
import { findHaproxy } from "../../../sandbox/real/haproxy-machine";
import { doorContract } from "../../sandbox/door-contract";
import { guardedRawEstate } from "../../sandbox/estate";
import { realSandbox, type RealSandbox } from "./real-sandbox";

const bodies = [
  { name: "on real sockets", real: true, extra: [] },
  { name: "with a stand-in for HAProxy", real: false, extra: ["--stand-in"] },
];

describe.each(bodies)("$name", ({ name, real, extra }) => {
  let sandbox: RealSandbox;
  beforeAll(async () => {
    sandbox = await realSandbox(guardedRawEstate());
    await sandbox.start(extra);
  });
  afterAll(() => sandbox.cleanUp());

  const url = () => sandbox.body.estate.balancers[0]?.runtimeApi ?? "";
  const ours = (): DoorKeys => {
    const { ca, client } = keptCertificates(sandbox.stateDir).door;
    return { ca, ...client };
  };
  const showStat = (keys: DoorKeys) => socketExchange(2_000, async () => keys)(url(), "show stat");

  test("it is the real HAProxy where there is one and it is wanted", async () => {
    expect(await (await fetch(`${sandbox.url}/company`)).json()).toMatchObject({
      haproxyIsReal: real && findHaproxy() !== undefined,
    });
  });

  doorContract(name, () => sandbox.body);

  test("who shows no certificate is not listened to", async () => {
    await expect(showStat({ ...ours(), cert: "", key: "" })).rejects.toMatchObject({
      code: "BALANCER_REFUSES_US",
    });
  });

  test.each([
    ["of somebody else's authority", async () => (await certificateAuthority("elsewhere")).issue(client)],
    ["of a server", async () => keptCertificates(sandbox.stateDir).door.doors["lb-1"]],
  ])("a certificate %s is not taken", async (_what, made) => {
    const stranger = await made();
    const heard = await showStat({ ...ours(), cert: stranger?.cert ?? "", key: stranger?.key ?? "" }).catch(
      (thrown: unknown) => thrown,
    );
    // Node's own TLS server, which the stand-in is, ends such a connection without an alert.
    if (real || heard !== "") expect(heard).toMatchObject({ code: "BALANCER_REFUSES_US" });
  });

  test("a door that can't show who it is hears nothing", async () => {
    const elsewhere = await certificateAuthority("elsewhere");
    await expect(showStat({ ...ours(), ca: elsewhere.cert })).rejects.toMatchObject({
      code: "BALANCER_NOT_TRUSTED",
    });
    await expect(showStat({ ...ours(), serverName: "other.example.com" })).rejects.toMatchObject({
      code: "BALANCER_NOT_TRUSTED",
    });
  });

  test("a line behind an allowed one does nothing, in one piece or two", async () => {
    const socket = await opened();
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.write("show servers state\n");
    socket.once("data", () => socket.write("set server api/api-main state maint\n"));
    await ended;
    const other = await opened();
    const over = new Promise((resolve) => other.once("close", resolve));
    other.write("show servers state\nset server api/api-main state maint\n");
    await over;
    const { servers } = await sandbox.body.truth();
    expect(servers.find((one) => one.name === "api-main")?.status).toBe("UP");
  });

  function opened(): Promise<TLSSocket> {
    const { cert, key, ca } = ours();
    const { hostname: host, port } = new URL(url().replace("tls:", "http:"));
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port: Number(port), cert, key, ca }, () => resolve(socket));
      socket.on("error", reject);
    });
  }
});

const client = { name: "switchover", use: "client" } as const;
