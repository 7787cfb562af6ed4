import { z } from "zod";
import { pem } from "./references";

/** What opens a balancer's `tls://` door, and how it is known to be the right one. */
export const runtimeTls = z.strictObject({
  certificate: pem,
  key: pem,
  /** Who has signed the door's own certificate. */
  ca: pem,
  /** The name in the door's certificate; left out, it must have the address. */
  serverName: z.hostname().optional(),
});
