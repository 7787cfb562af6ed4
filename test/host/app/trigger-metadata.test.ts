import { metadataOnDemand } from "../../../host/app/trigger-metadata";

const contextOf = (
  metadata: () => Parameters<typeof metadataOnDemand>[1] extends () => infer T ? T : never,
) => {
  const context: { triggerMetadata?: unknown } = { triggerMetadata: {} };
  metadataOnDemand(context, metadata);
  return context;
};

test("reads values as JSON where they are, under camel-case names all the way down", () => {
  const context = contextOf(() => ({
    Data: { json: '{"Some":[{"Name":1}]}' },
    instanceId: { string: "no json" },
    Flag: { string: "true" },
    Count: { int: 3 },
  }));
  expect(context.triggerMetadata).toEqual({
    data: { some: [{ name: 1 }] },
    instanceId: "no json",
    flag: true,
    count: 3,
  });
});

test("is made once, when somebody looks", () => {
  const made = jest.fn(() => ({ a: { string: "b" } }));
  const context = contextOf(made);
  expect(made).not.toHaveBeenCalled();
  expect(context.triggerMetadata).toBe(context.triggerMetadata);
  expect(made).toHaveBeenCalledTimes(1);
});

test("gives way to what a handler sets", () => {
  const context = contextOf(() => ({ a: { string: "b" } }));
  context.triggerMetadata = { mine: true };
  expect(context.triggerMetadata).toEqual({ mine: true });
});
