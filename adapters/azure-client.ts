import type * as Compute from "@azure/arm-compute";
import type * as Identity from "@azure/identity";
import { RecoveryError } from "../shared/errors";
import type { Azure } from "../shared/estate";
import { hostOf, isLoopback } from "../shared/hosts";
import { readText } from "./read-text";

type HttpClient = NonNullable<Compute.ComputeManagementClientOptionalParams["httpClient"]>;
type Sent = Parameters<HttpClient["sendRequest"]>[0];

const PUBLIC_CLOUD = "https://management.azure.com";
/** Of one request. The SDK has none of its own. */
const REQUEST_MS = 8_000;

export type AzureClientOptions = { azure: Azure; secrets: (ref: string) => string; fetch: typeof fetch };

/** The official client of one subscription. One try for each request: the orchestration decides about the next. */
export function azureClient(
  { azure, secrets, fetch }: AzureClientOptions,
  subscription: string,
): Compute.ComputeManagementClient {
  // A third of a second to load, so only when it is needed. Not `import()`: jest can't run one without a flag of Node's.
  const sdk = require("@azure/arm-compute") as typeof Compute;
  const plain = isPlainHere(azure);
  const endpoint = azure.endpoint.replace(/\/+$/, "");
  const client = new sdk.ComputeManagementClient(credentialOf(azure, secrets), subscription, {
    endpoint,
    // Azure's public cloud is the SDK's own scope; every other endpoint names its own.
    ...(endpoint === PUBLIC_CLOUD ? {} : { credentials: { scopes: [`${endpoint}/.default`] } }),
    httpClient: fetchClient(fetch, new URL(endpoint).origin),
    retryOptions: { maxRetries: 0 },
    allowInsecureConnection: plain,
  });
  if (plain) allowTokenHere(client, secrets(azure.token ?? ""));
  return client;
}

/** The sandbox's Azure, on this machine and without TLS. Everywhere else the SDK's refusal of plain HTTP stays in force. */
function isPlainHere({ endpoint }: Azure): boolean {
  return new URL(endpoint).protocol === "http:" && isLoopback(hostOf(endpoint));
}

/** The SDK's own policy gives no token to an address without TLS, loopback or not. */
function allowTokenHere(client: Compute.ComputeManagementClient, token: string): void {
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  client.pipeline.addPolicy({
    name: "tokenOnThisMachine",
    sendRequest(request, next) {
      request.headers.set("authorization", `Bearer ${token}`);
      return next(request);
    },
  });
}

function credentialOf(azure: Azure, secrets: (ref: string) => string): Identity.TokenCredential {
  const { token, tenant, clientId } = azure;
  if (token !== undefined)
    return { getToken: async () => ({ token: secrets(token), expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
  const sdk = require("@azure/identity") as typeof Identity;
  const inTenant = tenant === undefined ? {} : { tenantId: tenant };
  switch (azure.credential) {
    case "managed-identity":
      return new sdk.ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
    case "cli":
      return new sdk.AzureCliCredential(inTenant);
    case "default":
      return new sdk.DefaultAzureCredential({
        ...inTenant,
        ...(clientId === undefined ? {} : { managedIdentityClientId: clientId }),
      });
  }
}

/**
 * The SDK's requests by `fetch`. Long-running operations are asked about at whatever address the answer
 * before named: only Azure's own is followed, or our token would go to somewhere that nobody configured.
 */
function fetchClient(fetch: AzureClientOptions["fetch"], origin: string): HttpClient {
  return {
    async sendRequest(request) {
      const { host, origin: asked } = new URL(request.url);
      if (asked !== origin) {
        throw new RecoveryError(
          "AZURE_UNCLEAR_ANSWER",
          `Azure says to ask ${host} how it stands, which is not azure.endpoint.`,
          "Nothing was sent there. Is something between us and Azure?",
        );
      }
      const response = await fetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: typeof request.body === "string" ? request.body : null,
        redirect: "manual",
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      const bodyAsText = await readText(response);
      return { request, status: response.status, headers: headersOf(response), bodyAsText };
    },
  };
}

/** Headers as the SDK wants them. The package that makes its own is not one of ours. */
function headersOf(response: Response): Sent["headers"] {
  const { headers } = response;
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}
