import type { Channel } from "./channel";
import { postJson, said } from "./post-json";

/**
 * POSTs `{ text, link?, incident?, severity, kind? }` as JSON. Any 2xx is a yes. The address is never in an
 * error: whoever has it can write in our name.
 */
export function webhookChannel({ url, fetch }: { url: string; fetch: typeof globalThis.fetch }): Channel {
  return {
    kind: "webhook",
    send: async ({ text, link, incident, severity, kind }) =>
      postJson({
        fetch,
        url,
        body: { text, link, incident, severity, kind },
        taken: (status) => (status >= 200 && status <= 299) || said(status),
      }),
  };
}
