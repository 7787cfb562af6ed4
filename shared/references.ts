import { z } from "zod";

/** Never the secret itself: the name of the environment variable that has it. */
export const secret = z
  .string()
  .regex(/^env:[A-Z][A-Z0-9_]*$/, "write env:NAME; the value belongs in the environment");

/** A certificate or a key in PEM: in the environment, or in a file that the machine's deployment puts there. */
export const pem = z
  .string()
  .regex(/^(env:[A-Z][A-Z0-9_]*|file:\/.+)$/, "write env:NAME or file:/path/of/it.pem");
