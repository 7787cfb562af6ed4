/**
 * What is wrong with something that was sent to us, as a value: intake never throws for what a
 * stranger wrote. `status` is the HTTP status of the answer, `where` names the header or field.
 */
export type AlertProblem = {
  status: 400 | 401 | 411 | 413 | 415;
  code: string;
  says: string;
  where: string;
  value?: string;
  hint: string;
};

/** Never ask it about an object whose keys a stranger chose: he could choose these. */
export function isProblem(value: object): value is AlertProblem {
  return "code" in value && "says" in value && "hint" in value;
}
