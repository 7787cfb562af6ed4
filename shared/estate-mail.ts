import { z } from "zod";
import { secret } from "./references";

/** The server that takes e-mails, and as whom. */
export const mail = z.strictObject({
  /** `smtp://host:port`, which turns to TLS when the server offers it, or `smtps://host:port`. */
  server: z
    .string()
    .regex(/^smtps?:\/\/[^\s/?#@]+$/, {
      error: 'write "smtp://host:port" or "smtps://host:port"',
      abort: true,
    })
    .refine((server) => URL.canParse(server.replace(/^smtps?:/, "http:")), "a host, and a port that exists"),
  from: z.email(),
  user: secret.optional(),
  password: secret.optional(),
});
