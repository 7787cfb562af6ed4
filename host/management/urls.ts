/** The addresses of the management API that clients get. */
export type Addresses = {
  /** Such as http://localhost:7071; no slash at the end. */
  origin: string;
  hubName: string;
  systemKey: string;
  rpcBaseUrl: string;
};

const root = "/runtime/webhooks/durabletask";
const placeholder = "INSTANCEID";

function managementUrls({ origin, hubName, systemKey }: Addresses): Record<string, string> {
  const instance = `${origin}${root}/instances/${placeholder}`;
  const query = `taskHub=${hubName}&connection=Storage&code=${systemKey}`;
  return {
    id: placeholder,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/** What a durableClient binding hands to the app, as JSON text. */
export function clientPayload(addresses: Addresses): string {
  const base = `${addresses.origin}${root}`;
  const key = `code=${addresses.systemKey}`;
  const create = `${base}/orchestrators/{functionName}[/{instanceId}]`;
  return JSON.stringify({
    taskHubName: addresses.hubName,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${create}?${key}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${key}`,
    },
    managementUrls: managementUrls(addresses),
    baseUrl: base,
    requiredQueryStringParameters: key,
    rpcBaseUrl: addresses.rpcBaseUrl,
    httpBaseUrl: null,
    maxGrpcMessageSizeInBytes: null,
    grpcHttpClientTimeout: null,
  });
}

/** Links begin as the caller's own address does; the durable client, which asks at the other door, has its own. */
export const seenFrom = (addresses: Addresses, url: URL): Addresses =>
  url.pathname.toLowerCase().startsWith(`${root}/`) ? { ...addresses, origin: url.origin } : addresses;

/** The links of one instance, as a start answers them; rewind is not among them, as recorded. */
export function instanceLinks(addresses: Addresses, id: string): Record<string, string> {
  const encoded = encodeURIComponent(id).replaceAll("%20", "+");
  const links: Record<string, string> = {};
  for (const [name, url] of Object.entries(managementUrls(addresses))) {
    if (name !== "rewindPostUri") {
      links[name] = name === "id" ? id : url.replace(placeholder, encoded);
    }
  }
  return links;
}
