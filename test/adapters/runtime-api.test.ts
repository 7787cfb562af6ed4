import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { socketExchange } from "../../adapters/runtime-api";

const LONG_MS = 10_000;
const SHORT_MS = 50;

/** A server on loopback or on a Unix socket; `serve` gets each connection. */
async function withServer<T>(
  serve: (socket: Socket) => void,
  test: (url: string) => Promise<T>,
  path?: string,
): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) =>
    path === undefined ? server.listen(0, "127.0.0.1", resolve) : server.listen(path, resolve),
  );
  try {
    return await test(
      path === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix://${path}`,
    );
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** As HAProxy does: one line, an answer in pieces, the end. */
function likeHaproxy(socket: Socket): void {
  let line = "";
  socket.on("data", (chunk) => {
    line += chunk.toString("utf8");
    if (!line.endsWith("\n")) return;
    socket.write(`you said ${line}`, () => setImmediate(() => socket.end("and that is all: zażółć\n\n")));
  });
}

it("sends one line and reads until the other side closes", async () => {
  const answer = await withServer(likeHaproxy, (url) => socketExchange(LONG_MS)(url, "show stat"));
  expect(answer).toBe("you said show stat\nand that is all: zażółć\n\n");
});

it("talks to a Unix socket", async () => {
  const folder = mkdtempSync(join(tmpdir(), "switchover-"));
  try {
    const path = join(folder, "admin.sock");
    expect(await withServer(likeHaproxy, (url) => socketExchange(LONG_MS)(url, "show stat"), path)).toContain(
      "you said show stat",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("returns nothing when the other side closes without an answer", async () => {
  expect(
    await withServer(
      (socket) => socket.on("data", () => socket.end()),
      (url) => socketExchange(LONG_MS)(url, "x"),
    ),
  ).toBe("");
});

it("gives up on a process that accepts the connection and never answers", async () => {
  const hung = withServer(
    () => undefined,
    (url) => socketExchange(SHORT_MS)(url, "show stat"),
  );
  await expect(hung).rejects.toMatchObject({ code: "BALANCER_NO_ANSWER" });
});

it("gives up on an answer that begins and never ends", async () => {
  const dripping = withServer(
    (socket) => socket.write("# pxname,"),
    (url) => socketExchange(SHORT_MS)(url, "show stat"),
  );
  await expect(dripping).rejects.toMatchObject({ code: "BALANCER_NO_ANSWER" });
});

it("says that a connection that is cut in the middle gave no answer", async () => {
  const cut = withServer(
    (socket) => socket.on("data", () => socket.resetAndDestroy()),
    (url) => socketExchange(LONG_MS)(url, "show stat"),
  );
  await expect(cut).rejects.toMatchObject({ code: "BALANCER_NO_ANSWER" });
});

it("stops reading after a mebibyte", async () => {
  const flood = withServer(
    (socket) => socket.write(Buffer.alloc(2_000_000, "x")),
    (url) => socketExchange(LONG_MS)(url, "show stat"),
  );
  await expect(flood).rejects.toMatchObject({ code: "BALANCER_NO_ANSWER" });
});

it("tells a port where nobody listens from a process that hangs", async () => {
  const url = await withServer(likeHaproxy, async (url) => url);
  await expect(socketExchange(LONG_MS)(url, "show stat")).rejects.toMatchObject({
    code: "BALANCER_UNREACHABLE",
  });
  await expect(socketExchange(LONG_MS)("unix:///no/such/socket", "show stat")).rejects.toMatchObject({
    code: "BALANCER_UNREACHABLE",
  });
});

it.each(["a\nb", "a\rb", "a\u0000b", "a\n"])(
  "refuses the command %p, which is more than one line",
  async (command) => {
    await expect(socketExchange()("tcp://127.0.0.1:1", command)).rejects.toMatchObject({
      code: "COMMAND_REFUSED",
    });
  },
);

it.each(["http://127.0.0.1:80", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "unix://relative", ""])(
  "refuses %p as an address",
  async (url) => {
    await expect(socketExchange()(url, "show stat")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  },
);
