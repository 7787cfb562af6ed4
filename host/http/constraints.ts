/** A route constraint: tells whether a parameter's decoded text is allowed. */
type Check = (value: string) => boolean;

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const float = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const guid = /^(\{|\()?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}(\}|\))?$/i;

const between = (value: string, least: bigint, most: bigint): boolean =>
  integer.test(value) && BigInt(value) >= least && BigInt(value) <= most;

const plain: Record<string, Check> = {
  int: (value) => between(value, -(2n ** 31n), 2n ** 31n - 1n),
  long: (value) => between(value, -(2n ** 63n), 2n ** 63n - 1n),
  bool: (value) => /^(true|false)$/i.test(value),
  datetime: (value) => !Number.isNaN(Date.parse(value)),
  decimal: (value) => decimal.test(value),
  double: (value) => float.test(value),
  float: (value) => float.test(value),
  guid: (value) => guid.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  required: (value) => value.length > 0,
};

const withNumbers: Record<string, (value: string, numbers: number[]) => boolean> = {
  minlength: (value, [least = 0]) => value.length >= least,
  maxlength: (value, [most = 0]) => value.length <= most,
  length: (value, [least = 0, most = least]) => value.length >= least && value.length <= most,
  min: (value, [least = 0]) => integer.test(value) && Number(value) >= least,
  max: (value, [most = 0]) => integer.test(value) && Number(value) <= most,
  range: (value, [least = 0, most = 0]) =>
    integer.test(value) && Number(value) >= least && Number(value) <= most,
};

/** Reads one constraint such as `int` or `length(2,5)`. Throws for one that ASP.NET doesn't know. */
export function readConstraint(text: string): Check {
  const [, name = "", argument] = /^([a-z]+)(?:\((.*)\))?$/is.exec(text) ?? [];
  const key = name.toLowerCase();
  const simple = plain[key];
  if (simple && argument === undefined) {
    return simple;
  }
  if (key === "regex" && argument !== undefined) {
    const pattern = new RegExp(argument.replaceAll("{{", "{").replaceAll("}}", "}"), "i");
    return (value) => pattern.test(value);
  }
  const counted = withNumbers[key];
  const numbers = (argument ?? "").split(",").map(Number);
  if (counted && argument && numbers.every((number) => Number.isFinite(number))) {
    return (value) => counted(value, numbers);
  }
  throw new Error(`The route constraint '${text}' is not known.`);
}
