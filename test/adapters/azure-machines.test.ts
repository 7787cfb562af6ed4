import { azureMachines } from "../../adapters/azure-machines";
import { estateSchema } from "../../shared/estate";
import type { RecoveryError } from "../../shared/errors";
import { fakeFetch, neverAnswers, rawEstate } from "./estate";

const ID =
  "/subscriptions/6b1f8a52-0c3d-4e7b-9a44-2f5d1c7e8b90/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/lb-1";
/** What arm-compute 25.1 speaks. There is no published description of compute beside ours: the SDK is the source. */
const VERSION = "api-version=2026-04-01";
const HERE = "http://127.0.0.1:8409";

function machine(answer: Parameters<typeof fakeFetch>[0], endpoint = HERE, at = () => NOW) {
  const raw = rawEstate();
  const [balancer] = raw.balancers;
  const estate = estateSchema.parse({
    ...raw,
    azure: { endpoint, token: "env:AZURE_TOKEN" },
    balancers: [{ ...balancer, vm: { id: ID, service: "haproxy" } }],
  });
  const { fetch, requests } = fakeFetch(answer);
  const port = azureMachines({ estate, secrets: () => "the-token", fetch, now: at })("lb-1");
  if (port === undefined) throw new Error("no machine");
  const asked = () => requests.map(({ method, url }) => `${method} ${url}`);
  return { port, requests, asked };
}

const NOW = "2026-03-01T08:00:00.000Z";
const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const failure = (status: number, code: string) => json(status, { error: { code, message: "no" } });
const view = (power: string) =>
  json(200, { statuses: [{ code: "ProvisioningState/succeeded" }, { code: power }] });
const begun = (origin = HERE) =>
  new Response(null, {
    status: 202,
    headers: {
      "azure-asyncoperation": `${origin}/op/1?${VERSION}`,
      location: `${origin}/result/1?${VERSION}`,
    },
  });
const printed = (text: string) =>
  json(200, {
    value: [
      { code: "ProvisioningState/succeeded", message: `Enable succeeded: \n[stdout]\n${text}\n[stderr]\n` },
    ],
  });

/** A machine whose commands print this, once they are over. */
const says =
  (text: string, state = "Succeeded") =>
  (request: Request) => {
    if (request.url.includes("/op/"))
      return json(200, { status: state, error: { code: "VMAgentError", message: "silent" } });
    return request.method === "POST" ? begun() : printed(text);
  };
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing thrown",
    (thrown: RecoveryError) => thrown.code,
  );

describe("a machine in Azure", () => {
  it.each([
    ["PowerState/running", "running"],
    ["PowerState/stopped", "stopped"],
    ["PowerState/deallocated", "deallocated"],
    ["PowerState/deallocating", "deallocated"],
    ["PowerState/starting", "starting"],
    ["PowerState/new", "unknown"],
  ])("in %s is %s, by one request", async (code, power) => {
    const { port, asked, requests } = machine(() => view(code));
    expect(await port.power()).toBe(power);
    expect(asked()).toEqual([`GET ${HERE}${ID}/instanceView?${VERSION}`]);
    expect(requests[0]?.headers.get("authorization")).toBe("Bearer the-token");
    expect(requests[0]?.redirect).toBe("manual");
  });

  it("is started and restarted by a POST to its own path, sent once", async () => {
    const { port, asked } = machine(() => begun());
    await port.start();
    await port.restart();
    expect(asked()).toEqual([`POST ${HERE}${ID}/start?${VERSION}`, `POST ${HERE}${ID}/restart?${VERSION}`]);
  });

  it("counts as starting while our start is under way, whatever its view says", async () => {
    const { port } = machine((request) => {
      if (request.url.includes("/op/")) return json(200, { status: "InProgress" });
      return request.method === "POST" ? begun() : view("PowerState/stopped");
    });
    await port.start();
    expect(await port.power()).toBe("starting");
  });

  it("says why its start did not succeed", async () => {
    const { port } = machine((request) => {
      if (request.url.includes("/op/"))
        return json(200, { status: "Failed", error: { code: "AllocationFailed", message: "no room" } });
      return request.method === "POST" ? begun() : view("PowerState/stopped");
    });
    await port.start();
    expect(await port.power()).toBe("stopped");
    expect(port.trouble()).toContain("no room");
  });
});

describe("the service on a machine", () => {
  it("is asked for by a fixed script, which is under way first", async () => {
    const { port, requests, asked } = machine(says("LoadState=loaded\nActiveState=failed"));
    expect(await port.service()).toEqual({ underWay: expect.stringContaining("lb-1") as string });
    expect(asked()).toEqual([`POST ${HERE}${ID}/runCommand?${VERSION}`]);
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      commandId: "RunShellScript",
      script: ["systemctl show --property=LoadState,ActiveState haproxy"],
    });
    expect(await port.service()).toBe("failed");
  });

  it("is started by another, whose answer counts as its state", async () => {
    const { port, requests } = machine(says("LoadState=loaded\nActiveState=active"));
    await port.startService();
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({
      script: [
        "systemctl reset-failed haproxy",
        "systemctl start haproxy",
        "systemctl show --property=LoadState,ActiveState haproxy",
      ],
    });
    expect(await port.service()).toBe("active");
    expect(requests.filter((one) => one.method === "POST")).toHaveLength(1);
  });

  it("is asked for anew when the last answer is half a minute old", async () => {
    let now = NOW;
    const { port, requests } = machine(says("LoadState=loaded\nActiveState=active"), HERE, () => now);
    await port.service();
    expect(await port.service()).toBe("active");
    now = "2026-03-01T08:00:31.000Z";
    expect(await port.service()).toMatchObject({ underWay: expect.any(String) as string });
    expect(requests.filter((one) => one.method === "POST")).toHaveLength(2);
  });

  it("is not asked for twice while another command runs there", async () => {
    const { port, requests } = machine(() => failure(409, "Conflict"));
    expect(await port.service()).toMatchObject({
      underWay: expect.stringContaining("Another command") as string,
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["LoadState=not-found\nActiveState=inactive", "MACHINE_REFUSED"],
    ["systemctl: command not found", "MACHINE_UNCLEAR_ANSWER"],
  ])("that answers %j is an error: %s", async (text, code) => {
    const { port } = machine(says(text));
    await port.service();
    expect(await codeOf(port.service())).toBe(code);
  });

  it("is asked for again after a command that could not be run", async () => {
    const { port, requests } = machine(says("", "Failed"));
    await port.service();
    expect(await codeOf(port.service())).toBe("MACHINE_REFUSED");
    expect(await port.service()).toMatchObject({ underWay: expect.any(String) as string });
    expect(requests.filter((one) => one.method === "POST")).toHaveLength(2);
  });
});

describe("Azure's refusals", () => {
  it.each([
    [401, "AuthenticationFailed", "AZURE_SIGN_IN"],
    [403, "AuthorizationFailed", "AZURE_RIGHT_MISSING"],
    [404, "ResourceNotFound", "MACHINE_UNKNOWN"],
    [409, "Conflict", "MACHINE_BUSY"],
    [409, "OperationNotAllowed", "MACHINE_REFUSED"],
    [429, "TooManyRequests", "AZURE_THROTTLED"],
    [503, "ServerTimeout", "AZURE_FAILED"],
  ])("%d %s is %s, after one try", async (status, code, known) => {
    const { port, requests } = machine(() => failure(status, code));
    expect(await codeOf(port.start())).toBe(known);
    expect(requests).toHaveLength(1);
  });

  it("name the right that is missing", async () => {
    const { port } = machine(() => failure(403, "AuthorizationFailed"));
    await expect(port.startService()).rejects.toThrow("Microsoft.Compute/virtualMachines/runCommand/action");
  });

  it("end with a deadline where there is no answer at all", async () => {
    jest.useFakeTimers();
    try {
      const { port } = machine(neverAnswers);
      const code = codeOf(port.power());
      await jest.advanceTimersByTimeAsync(8_001);
      expect(await code).toBe("AZURE_UNREACHABLE");
    } finally {
      jest.useRealTimers();
    }
  });
});

describe("the token", () => {
  it("follows no operation to another host", async () => {
    const { port, requests } = machine(() => begun("http://127.0.0.1:9999"));
    await port.startService();
    expect(await codeOf(port.service())).toBe("AZURE_UNCLEAR_ANSWER");
    expect(requests.map(({ url }) => new URL(url).port)).toEqual(["8409"]);
  });

  it("is given to no address without TLS outside this machine", async () => {
    const { port, requests } = machine(() => view("PowerState/running"), "http://azure.example.net");
    expect(await codeOf(port.power())).toBe("AZURE_UNREACHABLE");
    expect(requests).toEqual([]);
  });
});
