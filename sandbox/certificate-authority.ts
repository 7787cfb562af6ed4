import type * as Selfsigned from "selfsigned";

/** A certificate and its key, PEM. */
export type KeyPair = { cert: string; key: string };

/** What a certificate is for. From `from` until `until`, milliseconds since the epoch; a year from yesterday when left out. */
export type Wanted = {
  name: string;
  use: "server" | "client";
  names?: string[];
  addresses?: string[];
  from?: number;
  until?: number;
};

export type Authority = { cert: string; issue(wanted: Wanted): Promise<KeyPair> };

export const DAY_MS = 86_400_000;

/** A certificate authority of the sandbox's own, with a new key. P-256, because making RSA keys takes a second each. */
export async function certificateAuthority(commonName: string): Promise<Authority> {
  // Loaded when first needed: it is heavy, and the company in memory needs no certificate.
  const { generate } = require("selfsigned") as typeof Selfsigned;
  const root = await generate([{ name: "commonName", value: commonName }], {
    ...period({ until: Date.now() + 3_650 * DAY_MS }),
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: withEnd(root.cert),
    async issue(wanted) {
      const made = await generate([{ name: "commonName", value: wanted.name }], {
        ...period(wanted),
        keyType: "ec",
        algorithm: "sha256",
        ca: { key: root.private, cert: root.cert },
        extensions: extensionsOf(wanted),
      });
      return { cert: withEnd(made.cert), key: withEnd(made.private) };
    },
  };
}

/** Several in one file must not run into each other. */
function withEnd(pem: string): string {
  return `${pem.trimEnd()}\n`;
}

function period({ from, until }: Pick<Wanted, "from" | "until">) {
  const now = Date.now();
  return {
    notBeforeDate: new Date(from ?? now - DAY_MS),
    notAfterDate: new Date(until ?? now + 365 * DAY_MS),
  };
}

function extensionsOf({ use, names = [], addresses = [] }: Wanted): Selfsigned.CertificateExtension[] {
  const altNames = [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...addresses.map((ip) => ({ type: 7 as const, ip })),
  ];
  return [
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, critical: true },
    { name: "extKeyUsage", serverAuth: use === "server", clientAuth: use === "client" },
    ...(altNames.length === 0 ? [] : [{ name: "subjectAltName" as const, altNames }]),
  ];
}
