import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { generate } from "selfsigned";
import { askHttp, type HttpTarget } from "../../adapters/prober/ask-http";

const names: unknown[] = [];
let server: Server;
beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "shop.example.com" }]);
  server = createServer({ key, cert }, (request, response) => {
    names.push((request.socket as TLSSocket & { servername?: unknown }).servername, request.headers.host);
    response.end("served");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

const asked = (tls: HttpTarget["tls"]) => {
  const { port } = server.address() as AddressInfo;
  return askHttp({ address: "127.0.0.1", port, hostname: "shop.example.com", path: "/", tls }, 2_000);
};

test("a direct look asks for the service by its name, takes any certificate, and says what it was shown", async () => {
  expect(await asked("unchecked")).toEqual({
    kind: "answered",
    status: 200,
    body: "served",
    certificate: {
      issuer: "shop.example.com",
      notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      trusted: false,
      fits: true,
    },
  });
  expect(names).toEqual(["shop.example.com", "shop.example.com"]);
});

test("a customer's look fails where a browser would warn, and says that it is TLS", async () => {
  const certificate = expect.stringMatching(/^TLS: self-signed certificate/) as string;
  expect(await asked("checked")).toEqual({ kind: "failed", reason: certificate });
});
