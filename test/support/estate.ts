import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseEstate } from "../../shared/config";
import type { Estate } from "../../shared/estate";

const SHIPPED = join(__dirname, "../../switchover.yaml");

/** The configuration that ships with the sandbox. */
export function shippedEstate(): Estate {
  return parseEstate(parse(readFileSync(SHIPPED, "utf8")), "switchover.yaml");
}

/** The same company with every host, server, address, person and id renamed: nothing of it may be in code. */
export function renamedEstate(): Estate {
  const renames: [RegExp, string][] = [
    [/Shop Ltd/g, "Młyn S.A."],
    [/shop\.example\.com/g, "www.mill.test"],
    [/example\.com/g, "mill.test"],
    [/5a3d1e7c9b2f4a6088d0c1b2a3f4e5d6/g, "0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    [/127\.77\./g, "127.91."],
    [/lb-1/g, "gate-north"],
    [/api-main/g, "node-alpha"],
    [/api-backup/g, "node-omega"],
    [/warsaw/g, "oslo"],
    [/dublin/g, "lisbon"],
    [/backend: api/g, "backend: mill-nodes"],
    [/name: ann/g, "name: eve"],
    [/Ann Nowak/g, "Eve Stone"],
    [/phones\/ann/g, "phones/eve"],
    [/8080/g, "8181"],
    [/\/orders/g, "/grain"],
    [/\/health$/gm, "/alive"],
  ];
  const text = renames.reduce((yaml, [from, to]) => yaml.replace(from, to), readFileSync(SHIPPED, "utf8"));
  return parseEstate(parse(text), "renamed.yaml");
}

export const TEST_SECRETS: Record<string, string> = {
  CLOUDFLARE_API_TOKEN: "a-token-for-tests-of-the-provider-0123456789",
  AZURE_TOKEN: "a-token-for-tests-of-the-machines-0123456789",
  VANTAGE_SECRET: "a-secret-for-the-vantages-0123456789abcdef",
  NAGIOS_WEBHOOK_SECRET: "a-secret-for-nagios-0123456789abcdef0123",
  SWITCHOVER_LINK_SECRET: "a-secret-for-the-links-0123456789abcdef012",
  TOTP_ANN: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  TOTP_BO: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
  TOTP_CY: "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
};
