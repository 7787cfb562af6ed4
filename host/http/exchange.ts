/** A request that has been read whole, and an answer that is to be written: what every HTTP part of the host speaks. */
export type HostRequest = {
  method: string;
  /** Absolute. */
  url: URL;
  /** Names in lower case; several values of a name are joined. */
  headers: Record<string, string>;
  body: Uint8Array;
};

export type HostResponse = {
  status: number;
  headers: [string, string][];
  body?: Uint8Array;
};

export const empty = (status: number, headers: [string, string][] = []): HostResponse => ({
  status,
  headers,
});

/** JSON as ASP.NET writes it. */
export function json(status: number, value: unknown, headers: [string, string][] = []): HostResponse {
  return {
    status,
    headers: [["Content-Type", "application/json; charset=utf-8"], ...headers],
    body: Buffer.from(JSON.stringify(value)),
  };
}
