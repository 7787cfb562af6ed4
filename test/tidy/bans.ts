import { lineAt, type Source } from "./source";

/** What is not written here, and what is written instead. Each is looked for in code, not in comments or strings. */
type Ban = {
  what: string;
  pattern: RegExp;
  instead: string;
  /** Only in these folders; everywhere when left out. */
  only?: string[];
  /** Files, or folders with a slash at the end, where it belongs. */
  except?: string[];
  /** Also in comments and strings. */
  everywhere?: boolean;
};

const ours = ["functions", "orchestrations", "activities", "shared", "adapters", "console", "cli"];
const durable = ["functions", "orchestrations", "activities"];

const bans: Ban[] = [
  {
    what: "a bare `yield`",
    pattern: /(?<![.\w$])yield\b(?!\s*[*:])/g,
    instead:
      "use call(), callAll(), sleep() or waitAtGate() of orchestrations/durable.ts with `yield*`, which keep the type",
    only: ours,
    except: ["orchestrations/durable.ts"],
  },
  {
    what: "Task.any and Task.all",
    pattern: /\bTask\s*\.\s*(any|all)\b/g,
    instead:
      "use callAll() or waitAtGate() of orchestrations/durable.ts: a task that is raced twice runs twice (F-41)",
    only: ours,
    except: ["orchestrations/durable.ts"],
  },
  {
    what: "`new Date(` and `Date.now`",
    pattern: /\bnew\s+Date\s*\(|\bDate\s*\.\s*now\b/g,
    instead: "take the time from the world's clock or the durable clock, and compute with shared/time.ts",
    // console/live.ts is the page's script: it shows instants in the time of who reads them.
    except: [
      "shared/time.ts",
      "console/live.ts",
      "adapters/",
      "host/",
      "sandbox/",
      "cli/",
      "test/",
      "bench/",
    ],
  },
  {
    what: "`export default`",
    pattern: /\bexport\s+default\b/g,
    instead: "export it under its name, so that it has the same name everywhere",
  },
  {
    what: "jest.mock",
    pattern: /\bjest\s*\.\s*(mock|doMock|unstable_mockModule)\b/g,
    instead: "pass a double in through a port of shared/world.ts",
  },
  {
    what: "process.exit(0)",
    pattern: /\bprocess\s*\.\s*exit\s*\(\s*0?\s*\)/g,
    instead: "return, or set process.exitCode: in a worker of the Functions host it makes everything hang",
    // These two are processes of their own, never loaded into a worker.
    except: ["sandbox/", "host/"],
  },
  {
    what: "retryTimeoutInMilliseconds",
    pattern: /\bretryTimeoutInMilliseconds\b/g,
    instead: "limit the number of attempts: the SDK compares this one with the wrong clock in a replay",
    only: durable,
  },
  {
    what: "callHttp",
    pattern: /\bcallHttp\b/g,
    instead:
      "make the request in an activity, through a port: callHttp follows any Location it is given (S-12)",
    only: durable,
  },
  {
    what: "continueAsNew",
    pattern: /\bcontinueAsNew\b/g,
    instead: "end, and let the sweep start a successor from the ledger: waiting events are delivered wrongly",
    only: durable,
  },
  {
    what: "createCheckStatusResponse",
    pattern: /\bcreateCheckStatusResponse\b/g,
    instead: "answer with our own address of the incident: this one hands out the system key",
    only: durable,
  },
  {
    what: "a leftover note",
    pattern: new RegExp(`\\b(${["TO", "FIX"].map((word, at) => word + ["DO", "ME"][at]).join("|")})\\b`, "g"),
    instead: "do it now, or open an issue",
    everywhere: true,
  },
];

const MOST_LINES = 250;

export function brokenBans(source: Source): string[] {
  const found = bans.filter((ban) => appliesTo(ban, source.file)).flatMap((ban) => placesOf(ban, source));
  const lines = source.text.trimEnd().split("\n").length;
  if (lines <= MOST_LINES) return found;
  return [...found, `${lines} lines are more than ${MOST_LINES}; split it: one idea a file`];
}

function placesOf(ban: Ban, source: Source): string[] {
  const text = ban.everywhere ? source.text : source.code;
  return Array.from(
    text.matchAll(ban.pattern),
    ({ index }) => `line ${lineAt(source, index)}: ${ban.what}: banned; ${ban.instead}`,
  );
}

function appliesTo({ only, except = [] }: Ban, file: string): boolean {
  if (only && !only.some((folder) => file.startsWith(`${folder}/`))) return false;
  return !except.some((each) => (each.endsWith("/") ? file.startsWith(each) : file === each));
}
