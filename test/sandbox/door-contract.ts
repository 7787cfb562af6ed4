import { eventually, type Body } from "./body";

/** The promises of a guarded door, in memory and on real sockets. Needs lb-1 behind one, and api-main. */
export function doorContract(name: string, body: () => Body): void {
  const door = () => body().estate.balancers[0]?.runtimeApi ?? "";
  const say = (command: string) => body().runtimeApi(door(), command);
  const statusOf = async (server: string) =>
    (await body().truth()).servers.find((one) => one.balancer === "lb-1" && one.name === server)?.status;

  describe(`${name}: a guarded door`, () => {
    test("lets through what Switchover says, and it is done", async () => {
      await eventually(body(), () => statusOf("api-main"), "UP");
      expect(await say("show stat")).toMatch(/^# pxname,svname,[^]*\napi,api-main,[^]*\n\n$/);
      expect(await say("show servers state")).toMatch(/^1\n# be_id [^]*api-main/);
      expect(await say("show info")).toMatch(/^Name: HAProxy\n/);
      expect(await say("set server api/api-main state drain")).toBe("\n");
      await eventually(body(), () => statusOf("api-main"), "DRAIN");
      expect(await say("set server api/api-main state ready")).toBe("\n");
      await eventually(body(), () => statusOf("api-main"), "UP");
    });

    test.each([
      "disable frontend service",
      "set server api/api-main state drain;show stat",
      "show stat;set server api/api-main state drain",
      "set server api/api-main weight 0",
      "set server api/api-main state drain ",
      "@1 set server api/api-main state drain",
      "prompt",
      "help",
    ])("drops %p without a word, and nothing is done", async (command) => {
      expect(await say(command)).toBe("");
      expect(await statusOf("api-main")).toBe("UP");
      await eventually(body(), async () => (await body().truth()).customers.streak > 0, true);
    });
  });
}
