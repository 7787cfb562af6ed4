import { explain, status } from "../../cli/ask-running";
import { hold, release, stop } from "../../cli/change-running";
import { served, type Served } from "../support/served";

type Command = (args: string[]) => Promise<void>;

const commands: [string, Command, string[]][] = [
  ["status", status, []],
  ["explain", explain, []],
  ["stop", stop, ["--by", "ann", "--reason", "x"]],
  ["hold", hold, ["--system", "dns", "--for", "2h", "--by", "ann", "--reason", "x"]],
  ["release", release, ["--by", "ann", "--code", "123456", "--reason", "x"]],
];

const html = { "content-type": "text/html" };
const json = { "content-type": "application/json" };

/** Between the command and Switchover there may be a proxy, a sign-in, or somebody else's server. */
describe.each(commands)("%s", (_name, command, args) => {
  let answer: Response;
  let server: Served;
  let said: string[];
  beforeEach(async () => {
    said = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
    server = await served(async () => answer);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    server.close();
  });
  const complaint = async (given: Response): Promise<string> => {
    answer = given;
    const thrown: unknown = await command(["--url", server.url, ...args]).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(said).toEqual([]);
    return thrown instanceof Error ? thrown.message : `no error: ${String(thrown)}`;
  };

  it.each([
    [
      502,
      "<html><h1>502 Bad Gateway</h1>\u001b[31m\n</html>",
      /answered 502 .*"502 Bad Gateway.*Is it running/,
    ],
    [504, "", /answered 504 with nothing.*Is it running/],
    [401, "<html>Sign in</html>", /answered 401 .*"Sign in".*SWITCHOVER_API_KEY/],
    [404, "Not found", /answered 404 .*"Not found".*--url/],
    [500, '{"error":"boom"}', /answered 500 .*boom/],
    [500, "null", /answered 500 .*null/],
  ])("says what answered %i with %j, where, and what to look at", async (code, body, says) => {
    const message = await complaint(new Response(body, { status: code, headers: html }));
    expect(message).toMatch(says);
    expect(message).toContain(`${server.url}/api/`);
    expect(message).not.toMatch(/\p{Cc}|<h1>|undefined/u);
  });

  it.each(["", "<!doctype html><title>Welcome</title>", "null", "[]", "{}", '"ok"'])(
    "does not take a 200 with %j for Switchover's answer",
    async (body) => {
      const message = await complaint(new Response(body, { headers: json }));
      expect(message).toMatch(/is not Switchover's answer\. .*--url/);
      expect(message).toContain(`${server.url}/api/`);
    },
  );

  it.each([302, 303, 307])("follows no %i, and says where it leads", async (code) => {
    const headers = { location: "https://login.example.com/?x=1" };
    const message = await complaint(new Response(null, { status: code, headers }));
    expect(message).toMatch(new RegExp(`answered ${code}, leading to https://login\\.example\\.com/\\?x=1`));
    expect(message).toContain("SWITCHOVER_API_KEY");
  });

  it("says a refusal of Switchover's in its own words", async () => {
    const error = { code: "X", says: "It is not so.", where: "by", hint: "Make it so." };
    const message = await complaint(new Response(JSON.stringify({ error }), { status: 403, headers: json }));
    expect(message).toBe("It is not so. Make it so.");
  });

  it.each(["127.0.0.1:7071", "ftp://127.0.0.1", "here"])("refuses %s as an address", async (url) => {
    await expect(command(["--url", url, ...args])).rejects.toThrow(
      `--url is "${url}": write the address with its scheme, such as http://127.0.0.1:7071.`,
    );
  });
});

describe.each([
  ["status", status],
  ["explain", explain],
])("%s --output", (_name, command) => {
  it.each(["yaml", "JSON", ""])("%j is refused with the choices, before anybody is asked", async (output) => {
    await expect(command(["--url", "http://127.0.0.1:1", "--output", output])).rejects.toThrow(
      `--output is "${output}"; use one of: text, json.`,
    );
  });
});
