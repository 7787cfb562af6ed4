import { parseNagiosAlert, type Alert } from "../../shared/alert";
import { parseForm } from "../../shared/alert/form";
import { parseJson } from "../../shared/alert/json";
import { isProblem, type AlertProblem } from "../../shared/alert/problem";
import recorded from "../nagios/recorded-requests.json";

function parseRecorded(name: keyof typeof recorded): Alert {
  const { contentType, body } = recorded[name];
  const parsed = contentType === "application/json" ? parseJson(body) : parseForm(body);
  if (isProblem(parsed)) throw new Error(parsed.says);
  return accepted(parseNagiosAlert(name, parsed.fields));
}

function accepted(alert: Alert | AlertProblem): Alert {
  if (isProblem(alert)) throw new Error(JSON.stringify(alert));
  return alert;
}

const least = { HOSTNAME: "lb-1", HOSTSTATE: "DOWN" };

describe("what a real Nagios sent", () => {
  test.each(Object.keys(recorded) as (keyof typeof recorded)[])("reads %s", (name) => {
    const [kind = "", type = "", state = type] = name.split("-");
    const alert = parseRecorded(name);
    expect(alert.source).toBe("nagios");
    expect(alert.host).toBe("shop-weu");
    expect(alert.state).toBe(state);
    expect(alert.type).toBe(kind === "eventhandler" ? "EVENT" : type);
    expect(alert.stateType).toBe(kind === "eventhandler" ? type : "HARD");
    expect(alert.service === null).toBe(kind === "host");
    expect(alert.problemId).toMatch(/^[1-9]\d*$/);
    expect(alert.at).toMatch(/^2026-11-22T/);
    expect(alert.output).not.toBe("");
  });

  test("is the same alert as form and as JSON", () => {
    const { id: _, since: formSince, ...form } = parseRecorded("service-PROBLEM-CRITICAL");
    const { id: __, since: jsonSince, ...json } = parseRecorded("env-PROBLEM-CRITICAL");
    expect(json).toEqual(form);
    expect([formSince, jsonSince]).toEqual(["2026-11-22T18:58:15.000Z", "2026-11-22T18:58:15.000Z"]);
  });

  test("is complete", () => {
    expect(parseRecorded("service-ACKNOWLEDGEMENT-CRITICAL")).toEqual({
      id: "service-ACKNOWLEDGEMENT-CRITICAL",
      source: "nagios",
      type: "ACKNOWLEDGEMENT",
      host: "shop-weu",
      service: "API",
      state: "CRITICAL",
      stateType: "HARD",
      attempt: 3,
      output:
        "HTTP CRITICAL - Invalid HTTP response received from host on port 18081: HTTP/1.1 500 Internal Server Error",
      address: "127.0.0.1",
      problemId: "1",
      since: "2026-11-22T18:58:15.000Z",
      at: "2026-11-22T18:59:32.000Z",
      author: "switchover",
      comment: "run 42 approved; plan shop-failover – żółć",
    });
  });

  test.each([
    ["service-PROBLEM-CRITICAL", "1"],
    ["service-RECOVERY-OK", "2"],
    ["service-DOWNTIMEEND-OK", "1"],
    ["host-PROBLEM-DOWN", "12"],
    ["host-RECOVERY-UP", "12"],
  ] as const)("%s keeps the problem's id, whichever macro holds it", (name, id) => {
    expect(parseRecorded(name).problemId).toBe(id);
  });
});

test.each([
  ["macro names in any case", { hostname: "lb-1", HostState: "down" }],
  ["names as in the environment", { NAGIOS_HOSTNAME: "lb-1", NAGIOS_HOSTSTATE: "DOWN" }],
  ["names with dollars", { $HOSTNAME$: "lb-1", $HOSTSTATE$: "DOWN" }],
  ["the short names of other forwarders", { host: "lb-1", state: "DOWN" }],
  ["names with underscores", { host_name: "lb-1", host_state: "DOWN" }],
  ["one macro in two spellings that agree", { ...least, hostname: "lb-1" }],
  ["a service that was not expanded", { ...least, SERVICEDESC: "$SERVICEDESC$", SERVICESTATE: "$" }],
])("accepts %s", (_, fields) => {
  expect(accepted(parseNagiosAlert("a", fields))).toMatchObject({
    host: "lb-1",
    service: null,
    state: "DOWN",
    type: "EVENT",
  });
});

test("reads the fields that common forwarders agree on", () => {
  const fields = {
    host: "h",
    service: "s",
    state: "CRITICAL",
    state_type: "HARD",
    attempt: "2",
    output: "o",
    type: "PROBLEM",
    problem_id: "5",
  };
  const expected = {
    host: "h",
    service: "s",
    state: "CRITICAL",
    stateType: "HARD",
    attempt: 2,
    output: "o",
    type: "PROBLEM",
    problemId: "5",
  };
  expect(parseNagiosAlert("a", fields)).toMatchObject(expected);
});

test("does not take somebody's own variable for the macro of that name", () => {
  expect(parseNagiosAlert("a", { ...least, NAGIOS__HOSTNAME: "other", _HOSTSTATE: "UP" })).toMatchObject({
    host: "lb-1",
    state: "DOWN",
  });
});

test("what cannot be a number or a time is absent, not wrong", () => {
  const odd = {
    SERVICEDESC: "API",
    SERVICESTATE: "OK",
    SERVICEATTEMPT: "NaN",
    SERVICEPROBLEMID: "-1",
    TIMET: "soon",
    HOSTADDRESS: "",
  };
  expect(parseNagiosAlert("a", { ...least, ...odd })).toMatchObject({
    attempt: null,
    problemId: null,
    at: null,
    address: null,
  });
  expect(parseNagiosAlert("a", { ...least, TIMET: "99999999999" })).toMatchObject({ at: null });
});

test("a notification without a state type is HARD, an event SOFT", () => {
  expect(parseNagiosAlert("a", { ...least, NOTIFICATIONTYPE: "PROBLEM" })).toMatchObject({
    stateType: "HARD",
  });
  expect(parseNagiosAlert("a", least)).toMatchObject({ stateType: "SOFT" });
});

test("cuts the output and cleans every text", () => {
  const alert = accepted(
    parseNagiosAlert("a", { ...least, HOSTNAME: "l\u202eb\u0000-1", HOSTOUTPUT: "x".repeat(9000) }),
  );
  expect(alert.host).toBe("lb-1");
  expect(alert.output).toHaveLength(500);
});

test.each([
  ["no host", { HOSTSTATE: "DOWN" }, "missing-field", "HOSTNAME", undefined],
  [
    "a host of hidden characters only",
    { ...least, HOSTNAME: "\u202e\u200b" },
    "missing-field",
    "HOSTNAME",
    undefined,
  ],
  ["no state", { HOSTNAME: "lb-1" }, "missing-field", "HOSTSTATE", undefined],
  ["a service without a state", { ...least, SERVICEDESC: "API" }, "missing-field", "SERVICESTATE", undefined],
  [
    "a state of the other kind",
    { HOSTNAME: "lb-1", HOSTSTATE: "CRITICAL" },
    "unknown-value",
    "HOSTSTATE",
    "CRITICAL",
  ],
  [
    "a type that Nagios has not",
    { ...least, NOTIFICATIONTYPE: "REBOOT" },
    "unknown-value",
    "NOTIFICATIONTYPE",
    "REBOOT",
  ],
  ["two spellings that disagree", { ...least, hostname: "lb-2" }, "duplicate-field", "body", "hostname"],
])("refuses %s, saying where and what helps", (_, fields, code, where, value) => {
  const problem = parseNagiosAlert("a", fields);
  expect(problem).toMatchObject({ status: 400, code, where });
  expect(problem).toHaveProperty("hint", expect.stringMatching(/.{10}/));
  expect("value" in problem ? problem.value : undefined).toBe(value);
});
