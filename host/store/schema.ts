/**
 * The whole state of a host. `n` is the row number of an instance: short in every index, and the target of the
 * cascades that let one delete remove an instance with everything that waits for it.
 * Times are milliseconds since the epoch.
 */
export const schemaVersion = 2;

/**
 * A row has what one turn added, as a list; seq is the number of events before it. Rows lie in the order they were
 * written, so that turns of many instances that share a flush share its pages too.
 */
const history = `
CREATE TABLE history (
  n INTEGER NOT NULL REFERENCES instances(n) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  events TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_of_instance ON history(n, seq)`;

/** What makes a file of the version before ours one of ours. */
export const fromVersionBefore = `
ALTER TABLE instances ADD COLUMN asked TEXT;
ALTER TABLE history RENAME TO history_before;
${history};
INSERT INTO history (n, seq, events) SELECT n, seq, event FROM history_before ORDER BY n, seq;
DROP TABLE history_before`;

export const schema = `
CREATE TABLE instances (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  execution TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT,
  status TEXT NOT NULL,
  input TEXT,
  custom_status TEXT,
  output TEXT,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  parent TEXT,
  asked TEXT
) STRICT;

${history};

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  n INTEGER NOT NULL REFERENCES instances(n) ON DELETE CASCADE,
  execution TEXT,
  timer INTEGER NOT NULL,
  due INTEGER NOT NULL,
  event TEXT
) STRICT;
CREATE INDEX inbox_of_instance ON inbox(n, due, id);
CREATE INDEX inbox_timers ON inbox(due) WHERE timer = 1;

CREATE TABLE activities (
  id INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  execution TEXT NOT NULL,
  task INTEGER NOT NULL,
  name TEXT NOT NULL,
  input TEXT
) STRICT;

CREATE TABLE timer_triggers (
  name TEXT PRIMARY KEY,
  schedule TEXT NOT NULL,
  last INTEGER,
  next INTEGER NOT NULL,
  updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
`;
