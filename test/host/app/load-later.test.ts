import { comesLater, loadTheRest, mayComeLater } from "../../../host/app/load-later";

const client = "/app/node_modules/durable-functions/lib/src/durableClient/DurableClient.js";

test("puts off only what the durable client alone needs", () => {
  expect(mayComeLater("axios", client)).toBe(true);
  expect(mayComeLater("axios", "/app/main.js")).toBe(false);
  expect(mayComeLater("@azure/functions", client)).toBe(false);
  expect(mayComeLater("axios", undefined)).toBe(false);
});

test("loads a module once, at its first use, and passes members, calls and errors on", () => {
  let loads = 0;
  const real = Object.assign((a: number, b: number) => a + b, { twice: (value: number) => 2 * value });
  const later = comesLater(() => {
    loads += 1;
    return real;
  }) as typeof real;
  expect(loads).toBe(0);
  expect(later.twice(4)).toBe(8);
  expect(later(1, 2)).toBe(3);
  expect("twice" in later).toBe(true);
  expect(loads).toBe(1);
  const broken = comesLater(() => {
    throw new Error("Cannot find module 'axios'");
  }) as typeof real;
  expect(() => broken.twice(1)).toThrow("Cannot find module 'axios'");
});

test("loads what nobody has wanted, so that the first request needn't wait, past one that is missing", async () => {
  comesLater(() => {
    throw new Error("missing");
  });
  await new Promise<void>((loaded) => {
    comesLater(() => {
      loaded();
      return {};
    });
    loadTheRest();
  });
});
