/** The answer was longer than anything we asked for. */
export class TooLong extends Error {}

/** The body as text, and no more than `limit` bytes of it: the other side may be broken or hostile (S-12). */
export async function readText(response: Response, limit = 1_048_576): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the transfer.
    if (size > limit) throw new TooLong(`the answer is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
