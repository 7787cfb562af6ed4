const MILLISECOND = { ms: 1, one: "ms", many: "ms", written: "ms" };
const UNITS = [
  { ms: 86_400_000, one: "day", many: "days", written: "d" },
  { ms: 3_600_000, one: "h", many: "h", written: "h" },
  { ms: 60_000, one: "min", many: "min", written: "m" },
  { ms: 1_000, one: "s", many: "s", written: "s" },
  MILLISECOND,
];

/** A length of time, exactly: 65000 is "1 min 5 s". What is held against an objective is never rounded. */
export function spanText(ms: number): string {
  let rest = ms;
  const parts = UNITS.flatMap((unit) => {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.one : unit.many}`];
  });
  return parts.join(" ") || "0 s";
}

/** As one writes it in `switchover.yaml`: 120000 is "2m", in the largest unit that leaves no rest. */
export function spanSetting(ms: number): string {
  const unit = UNITS.find((one) => ms > 0 && ms % one.ms === 0) ?? MILLISECOND;
  return `${ms / unit.ms}${unit.written}`;
}
