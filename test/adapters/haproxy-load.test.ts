import { loadOf } from "../../adapters/haproxy-load";

const info = "Name: HAProxy\nMaxconn: 544\nCurrConns: 20\nSessRate: 7\nMaxSessRate: 90\n\n";
const frontend = (scur: string, slim: string) => ({ type: "0", svname: "FRONTEND", scur, slim });

it("is what the process says, when no frontend is nearer to its limit", () => {
  expect(loadOf(info, [frontend("1", "512"), { type: "2", scur: "9", slim: "9" }])).toEqual({
    rate: 7,
    connections: 20,
    limit: 544,
  });
});

it("is the fullest frontend's, which can be full while the process is not", () => {
  expect(loadOf(info, [frontend("0", "512"), frontend("20", "20")])).toEqual({
    rate: 7,
    connections: 20,
    limit: 20,
  });
});

it.each([
  "",
  "Permission denied\n\n",
  "Name: HAProxy\nMaxconn: 5\n\n",
  "Maxconn: many\nCurrConns: 1\nSessRate: 1\n\n",
])("is nothing when the process says %p", (answer) => {
  expect(loadOf(answer, [frontend("1", "2")])).toBeUndefined();
});
