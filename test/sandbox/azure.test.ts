import { azureContract } from "./azure-contract";
import { memoryBody, type Body } from "./body";
import { testEstate } from "./estate";

let body: Body;
beforeAll(() => {
  body = memoryBody(testEstate());
});

beforeEach(() => body.reset());

azureContract("in memory", () => body);

test("a request without the token, or without a version, or for nobody's machine is refused as Azure refuses it", async () => {
  const { estate, secrets, fetch } = body;
  const id = estate.balancers[0]?.vm?.id ?? "";
  const ask = async (path: string, token = secrets(estate.azure?.token ?? "")) => {
    const answer = await fetch(estate.azure?.endpoint + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code];
  };
  const version = "?api-version=2026-04-01";
  expect(await ask(`${id}/instanceView${version}`, "another")).toEqual([401, "AuthenticationFailed"]);
  expect(await ask(`${id}/instanceView`)).toEqual([400, "MissingApiVersionParameter"]);
  expect(await ask(`${id}-2/instanceView${version}`)).toEqual([404, "ResourceNotFound"]);
  expect(await ask(`${id.toUpperCase()}/instanceView${version}`)).toEqual([200, undefined]);
});

test("a script that is not one of the two is not run", async () => {
  const { estate, secrets, fetch } = body;
  const answer = await fetch(
    `${estate.azure?.endpoint}${estate.balancers[0]?.vm?.id}/runCommand?api-version=2026-04-01`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${secrets(estate.azure?.token ?? "")}` },
      body: JSON.stringify({ commandId: "RunShellScript", script: ["reboot"] }),
    },
  );
  expect(answer.status).toBe(400);
});
