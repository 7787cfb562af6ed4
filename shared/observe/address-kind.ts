import { canonical } from "../hosts";

/**
 * Where an address lies, from IANA's registries of special-purpose addresses (RFC 6890 and its updates).
 * `forbidden`: nobody's service is there, and on a cloud machine it may hand out credentials.
 */
export type AddressKind = "public" | "internal" | "forbidden";

/** Link-local (where clouds keep metadata), multicast, "this host", and clouds' own addresses elsewhere. */
const FORBIDDEN = [
  "0.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "255.255.255.255/32",
  // Azure's wire server, which looks like a public address; Alibaba's and Oracle's metadata.
  "168.63.129.16/32",
  "100.100.100.200/32",
  "192.0.0.192/32",
  "::/128",
  "fe80::/10",
  "ff00::/8",
  // Metadata of AWS and of Google over IPv6.
  "fd00:ec2::254/128",
  "fd20:ce::254/128",
];

const INTERNAL = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "240.0.0.0/4",
];

/** Of IPv6 only 2000::/3 is public; in it, tunnels carry an IPv4 address that could be anything. */
const INTERNAL_OF_GLOBAL = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** The address must be one, in whatever spelling; what is none is forbidden. */
export function addressKind(address: string): AddressKind {
  const bits = bitsOf(address);
  if (bits === undefined || FORBIDDEN.some((range) => isIn(bits, range))) return "forbidden";
  if (bits.length === 32) return INTERNAL.some((range) => isIn(bits, range)) ? "internal" : "public";
  if (!isIn(bits, "2000::/3")) return "internal";
  return INTERNAL_OF_GLOBAL.some((range) => isIn(bits, range)) ? "internal" : "public";
}

function isIn(bits: string, range: string): boolean {
  const [network = "", length = ""] = range.split("/");
  const of = bitsOf(network);
  return of?.length === bits.length && of.slice(0, Number(length)) === bits.slice(0, Number(length));
}

/** 32 or 128 ones and zeros; an IPv4 address within IPv6 has 32. */
function bitsOf(address: string): string | undefined {
  // An address with a zone (fe80::1%eth0) is none here, nor is anything but digits and separators.
  if (!/^[0-9.]+$|^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address)) return undefined;
  const spelled = address.includes(":") ? `[${address}]` : address;
  if (!URL.canParse(`http://${spelled}`)) return undefined;
  const one = canonical(address);
  if (!one.includes(":"))
    return one
      .split(".")
      .map((part) => binary(Number(part), 8))
      .join("");
  const [head = "", tail] = one.split("::");
  const groups = (text: string) => text.split(":").filter((part) => part !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].map((part) => binary(Number.parseInt(part, 16), 16)).join("");
}

function binary(value: number, length: number): string {
  return value.toString(2).padStart(length, "0");
}
