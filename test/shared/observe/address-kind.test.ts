import { addressKind } from "../../../shared/observe/address-kind";

test.each(["1.1.1.1", "104.16.0.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"])(
  "%s is public",
  (address) => expect(addressKind(address)).toBe("public"),
);

test.each([
  "10.0.0.1",
  "100.64.0.1",
  "127.0.0.1",
  "127.77.2.10",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.51.100.1",
  "255.255.255.254",
  "::1",
  "::ffff:10.0.0.1",
  "fd12::1",
  "fec0::1",
  "64:ff9b::7f00:1",
  "2001:db8::1",
  "2001:0:7f00:1::",
  "2002:7f00:1::",
  "4000::1",
])("%s is internal", (address) => expect(addressKind(address)).toBe("internal"));

test.each([
  "0.0.0.0",
  "0.1.2.3",
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "168.63.129.16",
  "100.100.100.200",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "fe80::1",
  "fd00:ec2::254",
  "fd00:0ec2:0:0:0:0:0:254",
  "ff02::1",
  "",
  "localhost",
  "example.com",
  "127.0.0.1:80",
  "fe80::1%eth0",
  "1.2.3.4/8",
  "[::1]",
])("%j is forbidden", (address) => expect(addressKind(address)).toBe("forbidden"));

test("an address in a spelling of its own is the address that a connection would go to", () => {
  expect(addressKind("2130706433")).toBe("internal");
  expect(addressKind("127.1")).toBe("internal");
  expect(addressKind("0251.0376.0251.0376")).toBe("forbidden");
});
