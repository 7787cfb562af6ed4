import { readTemplate } from "../../../host/http/route-template";

const rows: [template: string, path: string, params: Record<string, string> | undefined][] = [
  ["a/b", "a/b", {}],
  ["a/b", "A/B", {}],
  ["a/b", "a/b/", {}],
  ["a/b", "a/bc", undefined],
  ["a.b", "axb", undefined],
  ["{id}", "42.md", { id: "42.md" }],
  ["{id}", "", undefined],
  ["x/{id}", "x/a%2Fb", { id: "a%2Fb" }],
  ["x/{id}", "x/a%20b", { id: "a b" }],
  ["x/{id}", "x/caf%C3%A9", { id: "café" }],
  ["x/{id}", "x/%zz", { id: "%zz" }],
  ["x/{id?}", "x", {}],
  ["x/{id?}", "x/", {}],
  ["x/{id?}", "x/1", { id: "1" }],
  ["x/{id=5}", "x", { id: "5" }],
  ["x/{id=5}", "x/6", { id: "6" }],
  ["files/{*path}", "files", {}],
  ["files/{*path}", "files/", {}],
  ["files/{*path}", "files/a/b/c.txt", { path: "a/b/c.txt" }],
  ["files/{**path}", "files/a/b", { path: "a/b" }],
  ["{*rest}", "", {}],
  ["{ignored:maxlength(0)?}", "", {}],
  ["{ignored:maxlength(0)?}", "x", undefined],
  ["incidents/{id}/report.md", "incidents/42/report.md", { id: "42" }],
  ["{name}.{ext}", "report.tar.gz", { name: "report.tar", ext: "gz" }],
  ["a{n:int}z", "a12z", { n: "12" }],
  ["{n:int}", "abc", undefined],
  ["{n:int}", "2147483648", undefined],
  ["{n:int:min(1)}", "0", undefined],
  ["{n:int:min(1)}", "1", { n: "1" }],
  ["{n:long}", "2147483648", { n: "2147483648" }],
  ["{n:range(1,5)}", "6", undefined],
  ["{n:max(5)}", "5", { n: "5" }],
  ["{n:bool}", "TRUE", { n: "TRUE" }],
  ["{n:bool}", "yes", undefined],
  ["{n:guid}", "3181df47-cc5e-45f5-a986-e81601e039f9", { n: "3181df47-cc5e-45f5-a986-e81601e039f9" }],
  ["{n:guid}", "3181", undefined],
  ["{n:alpha}", "abc1", undefined],
  ["{n:length(2)}", "abc", undefined],
  ["{n:length(2,3)}", "abc", { n: "abc" }],
  ["{n:minlength(2)}", "a", undefined],
  ["{n:double}", "1.5e3", { n: "1.5e3" }],
  ["{n:decimal}", "1.5e3", undefined],
  ["{n:datetime}", "2026-11-23", { n: "2026-11-23" }],
  ["{n:regex(^\\d{{3}}$)}", "123", { n: "123" }],
  ["{n:regex(^\\d{{3}}$)}", "1234", undefined],
  ["{n:required}", "1", { n: "1" }],
];

test.each(rows)("template %s on %s", (template, path, params) => {
  expect(readTemplate(template)(path)).toEqual(params);
});

test.each(["{n:nosuch}", "{n:int(5)}", "{n:min(x)}", "{n", "{}"])("refuses the template %s", (template) => {
  expect(() => readTemplate(template)).toThrow();
});
