import { estateSchema, type Estate } from "../../shared/estate";

/** A company as it is written in a file: documentation addresses, nothing left to defaults that a test looks at. */
export function rawEstate() {
  return {
    company: "Shop Ltd",
    service: { hostname: "shop.example.com", port: 443, healthPath: "/health", customerPath: "/orders" },
    dns: { servers: [{ address: "192.0.2.53", port: 53 }] },
    cloudflare: {
      api: "https://api.cloudflare.test/client/v4",
      token: "env:CLOUDFLARE_API_TOKEN",
      zone: { id: "5a3d1e7c9b2f4a6088d0c1b2a3f4e5d6", name: "example.com" },
      edge: { address: "192.0.2.10", port: 443 },
    },
    balancers: [
      { name: "lb-1", address: "192.0.2.20", port: 443, runtimeApi: "tcp://192.0.2.20:9999", backend: "api" },
    ],
    servers: [
      { name: "api-main", address: "192.0.2.30", port: 8080, role: "main" },
      { name: "api-backup", address: "2001:db8::40", port: 8080, role: "backup" },
    ],
    vantages: [
      { name: "warsaw", url: "https://warsaw.vantage.test", secret: "env:VANTAGE_SECRET" },
      { name: "dublin", url: "https://dublin.vantage.test/", secret: "env:VANTAGE_SECRET" },
    ],
    people: [
      {
        name: "ann",
        fullName: "Ann Nowak",
        role: "on-call",
        totp: "env:TOTP_ANN",
        webhook: "https://chat.test/hook/ann-secret",
      },
      {
        name: "bo",
        fullName: "Bo Lind",
        role: "manager",
        totp: "env:TOTP_BO",
        webhook: "https://chat.test/hook/bo-secret",
      },
    ],
    nagios: { secret: "env:NAGIOS_WEBHOOK_SECRET" },
    baseUrl: "https://switchover.test",
    policy: {},
  };
}

export function testEstate(): Estate {
  return estateSchema.parse(rawEstate());
}

/** Collects what a `fetch` was asked, and answers what the test says. */
export function fakeFetch(answer: (request: Request) => Response | Promise<Response>) {
  const requests: { method: string; url: string; headers: Headers; redirect: string; body: string }[] = [];
  const fetch = async (
    input: Parameters<typeof globalThis.fetch>[0],
    init?: RequestInit,
  ): Promise<Response> => {
    const request = new Request(input, init);
    const { method, url, headers, redirect } = request;
    requests.push({ method, url, headers, redirect, body: await request.clone().text() });
    return answer(request);
  };
  return { fetch, requests };
}

/** A `fetch` that never answers and takes no notice of its signal, as a hung connection may. */
export const neverAnswers = (): Promise<Response> => new Promise(() => undefined);
