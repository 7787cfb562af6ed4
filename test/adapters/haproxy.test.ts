import { readFileSync } from "node:fs";
import { join } from "node:path";
import { haproxyBalancer } from "../../adapters/haproxy";
import { parseStat } from "../../adapters/haproxy-stat";
import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import { testEstate } from "./estate";

/** What HAProxy 2.6.12 really answered, with one server drained, one in maintenance and one down. */
const captured = readFileSync(join(__dirname, "haproxy-2.6-show-stat.csv"), "utf8");
const DONE = "\n";

function balancer(answer: string, change: Partial<Balancer> = {}) {
  const sent: string[] = [];
  const [configured] = testEstate().balancers;
  if (!configured) throw new Error("the test's estate has no balancer");
  const exchange = async (url: string, command: string) => {
    sent.push(`${url} ${command}`);
    return answer;
  };
  return { port: haproxyBalancer({ balancer: { ...configured, ...change }, exchange }), sent };
}

describe("looking at a balancer", () => {
  it("reads what HAProxy really says of the backend's servers, and of no others", async () => {
    const { port, sent } = balancer(captured);
    expect(await port.servers()).toEqual([
      { name: "api-main", status: "DRAIN", check: "L7OK", backup: false, errors: 3, sessions: 0 },
      { name: "api-third", status: "MAINT", check: "", backup: false, errors: 0, sessions: 0 },
      { name: "api-backup", status: "DOWN", check: "L4CON", backup: true, errors: 0, sessions: 0 },
    ]);
    expect(sent).toEqual(["tcp://192.0.2.20:9999 show stat"]);
  });

  it("finds columns by their names, wherever a version puts them", async () => {
    const { port } = balancer(
      "# status,svname,new,pxname,type,bck,check_status,hrsp_5xx,scur,\nUP 1/2,s1,x,api,2,1,* L7OK,7,4,\n\n",
    );
    expect(await port.servers()).toEqual([
      { name: "s1", status: "UP 1/2", check: "L7OK", backup: true, errors: 7, sessions: 4 },
    ]);
  });

  it("reads a check's text with commas and quotes in it", () => {
    expect(parseStat('# svname,last_chk,scur\ns1,"said ""no"", then hung up",\n\n')).toEqual([
      { svname: "s1", last_chk: 'said "no", then hung up', scur: "" },
    ]);
  });

  it.each([
    ["an error", "Permission denied\n\n"],
    ["an answer cut off in the middle of a line", captured.slice(0, 3_000)],
    ["an answer cut off after a line's half", `${captured.slice(0, 3_000)}\n`],
    ["an answer cut off between two servers", captured.slice(0, captured.indexOf("api,api-backup"))],
    ["statistics without our backend", captured.replaceAll("\napi,", "\nshop,")],
    ["a server without a status", "# pxname,svname,status,type\napi,s1,,2\n\n"],
    ["a server whose name is no name", "# pxname,svname,status,type\napi,s1;shutdown,UP,2\n\n"],
  ])("relies on nothing when it gets %s", async (_what, answer) => {
    await expect(balancer(answer).port.servers()).rejects.toMatchObject({ code: "BALANCER_UNCLEAR_ANSWER" });
  });
});

describe("setting a server's state", () => {
  it.each<AdminState>(["ready", "drain", "maint"])("sends one command to set it to %s", async (state) => {
    const { port, sent } = balancer(DONE);
    await port.setState("api-main", state);
    expect(sent).toEqual([`tcp://192.0.2.20:9999 set server api/api-main state ${state}`]);
  });

  it.each([
    "No such server.\n\n",
    "No such backend.\n\n",
    "Permission denied\n\n",
    "Unknown command: 'set', but maybe one of the following ones is a better match:\n",
  ])("takes %p for a failure", async (answer) => {
    await expect(balancer(answer).port.setState("api-main", "drain")).rejects.toMatchObject({
      code: "BALANCER_REFUSED",
    });
  });

  it("takes a connection closed without a word for a failure: a guard that drops commands does that", async () => {
    await expect(balancer("").port.setState("api-main", "drain")).rejects.toMatchObject({
      code: "BALANCER_NO_ANSWER",
    });
    await expect(balancer("").port.servers()).rejects.toMatchObject({ code: "BALANCER_NO_ANSWER" });
  });

  it.each([
    "api-main; shutdown sessions",
    "api-main state maint\nset server api/api-backup",
    "",
    "a b",
    "api-main/x",
    "ąpi",
    "a\u0000",
  ])("refuses the server name %p, and sends nothing", async (name) => {
    const { port, sent } = balancer(DONE);
    await expect(port.setState(name, "drain")).rejects.toMatchObject({ code: "COMMAND_REFUSED" });
    expect(sent).toEqual([]);
  });

  it("refuses a state that is not one of the three, and a backend that is no name", async () => {
    const wrong = balancer(DONE);
    await expect(wrong.port.setState("api-main", "maint; show info" as AdminState)).rejects.toMatchObject({
      code: "COMMAND_REFUSED",
    });
    const odd = balancer(DONE, { backend: "api\nshow" });
    await expect(odd.port.setState("api-main", "drain")).rejects.toMatchObject({ code: "COMMAND_REFUSED" });
    expect([...wrong.sent, ...odd.sent]).toEqual([]);
  });
});
