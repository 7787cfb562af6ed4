import { type Body, eventually, observe } from "./body";
import { signsOfCertificates } from "./fault-signs";
import { signsNow, wellSigns } from "./signs";

/** What a company whose customers speak TLS promises, in memory and on real sockets. Needs lb-1 and lb-2. */
export function certificateContract(name: string, body: () => Body): void {
  const shown = async (part: string) => {
    const { service, balancers } = body().estate;
    const { address, port } = balancers.find((one) => one.name === part) ?? { address: "", port: 0 };
    const { hostname, healthPath: path } = service;
    const probe = { id: part, kind: "direct", address, port, hostname, path, tls: true } as const;
    const [result] = (await observe(body(), "dublin", [probe])).results;
    if (result?.kind !== "answered" || result.certificate === undefined) return result?.kind ?? "nothing";
    const { trusted, fits, notAfter } = result.certificate;
    return { trusted, fits, days: Math.round((Date.parse(notAfter) - body().nowMs()) / 86_400_000) };
  };

  describe(`${name}: a certificate`, () => {
    test("is shown for the service's name, good for weeks", async () => {
      await eventually(body(), () => signsNow(body()), wellSigns(body()));
      expect(await shown("lb-1")).toEqual({ trusted: true, fits: true, days: 90 });
      expect(await shown("lb-2")).toEqual({ trusted: true, fits: true, days: 90 });
    });

    test.each(signsOfCertificates)("%s, %s, is seen by everybody who looks", async (fault, way, changes) => {
      await eventually(body(), () => signsNow(body()), wellSigns(body()));
      await body().break(fault, way);
      await eventually(body(), () => signsNow(body()), { ...wellSigns(body()), ...changes(body()) });
      expect(await shown("lb-1")).toEqual(
        way === "expired"
          ? { trusted: true, fits: true, days: -3 }
          : { trusted: true, fits: false, days: 90 },
      );
      expect(await shown("lb-2")).toEqual({ trusted: true, fits: true, days: 90 });
      await body().heal(fault);
      await eventually(body(), () => signsNow(body()), wellSigns(body()));
    });

    test("that no browser takes costs customers, until there is another one", async () => {
      await body().break("certificate-expired", "expired");
      await eventually(body(), async () => (await body().truth()).customers.streak < 0, true);
      await body().heal("certificate-expired");
      await eventually(body(), async () => (await body().truth()).customers.streak > 0, true);
    });
  });
}
