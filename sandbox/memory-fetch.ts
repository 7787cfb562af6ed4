import type { Company } from "./company";
import { endpointKey, endpointOf } from "./parts";
import type { MemoryNetwork } from "./memory-network";
import type { Failure, HttpReply, WireRequest } from "./wire";

/** As long as undici waits for an answer's head by itself. Nothing waits here: what would hang fails at once. */
const PATIENCE_MS = 300_000;

/** The `fetch` of somebody outside the company, such as Switchover: the company's addresses and the phones are all there is. */
export function memoryFetch(company: Company, network: MemoryNetwork): typeof fetch {
  const webhooks = new Map(
    company.estate.people.flatMap(({ name, webhook }) =>
      webhook === undefined ? [] : [[new URL(webhook).href, name]],
    ),
  );

  return async function fetchFromCompany(input, init) {
    const asked = new Request(input, init);
    asked.signal.throwIfAborted();
    const url = new URL(asked.url);
    const body = await asked.text();
    const headers: Record<string, string> = { host: url.host };
    asked.headers.forEach((value, name) => {
      headers[name.toLowerCase()] = value;
    });
    const request = { method: asked.method, url: url.pathname + url.search, headers, body };
    const person = webhooks.get(url.href);
    const reply = person === undefined ? sent(network, url, request) : phoned(company, person, request);
    if (reply.kind === "failed") throw fetchFailed(reply, url);
    const { answer } = reply;
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}

function sent(network: MemoryNetwork, url: URL, request: WireRequest): HttpReply {
  const { address, port } = endpointOf(url.href);
  try {
    return network.http("outside", {
      kind: "http",
      address,
      port,
      request,
      connectMs: 10_000,
      timeoutMs: PATIENCE_MS,
    });
  } catch (thrown) {
    // A write hook threw: the connection dies with it, before or after the effect.
    throw new TypeError("fetch failed", { cause: thrown });
  }
}

function phoned(company: Company, person: string, request: WireRequest): HttpReply {
  const { net } = company.breakage.condition("phones");
  if (net !== "open") return { kind: "failed", why: "connect-timeout", tookMs: 10_000 };
  return { kind: "answered", answer: company.phones.receive(person, request), tookMs: 1 };
}

/** As undici says it: always "fetch failed"; the cause tells. */
function fetchFailed(failure: Failure, url: URL): TypeError {
  const where = endpointKey(endpointOf(url.href));
  const causes = {
    refused: ["ECONNREFUSED", `connect ECONNREFUSED ${where}`],
    reset: ["ECONNRESET", "read ECONNRESET"],
    certificate: ["ECONNRESET", "read ECONNRESET"],
    "connect-timeout": ["UND_ERR_CONNECT_TIMEOUT", `Connect Timeout Error (attempted address: ${where})`],
    "answer-timeout": ["UND_ERR_HEADERS_TIMEOUT", "Headers Timeout Error"],
  } as const;
  const [code, message] = causes[failure.why];
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}
