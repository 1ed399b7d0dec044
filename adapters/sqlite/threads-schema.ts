// A step of the schema: conversations that moved to a thread of their own, and the homes that are kept on show.
export const threadsAndHomes = `
ALTER TABLE thread ADD COLUMN talk TEXT;
CREATE INDEX thread_asking ON thread (id) WHERE waiting <> '{}';
CREATE TABLE moved (thread TEXT PRIMARY KEY, origin TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX moved_origin ON moved (origin);
CREATE TABLE carried (
  thread TEXT NOT NULL, turn INTEGER NOT NULL REFERENCES turn (ord), PRIMARY KEY (thread, turn)
) STRICT, WITHOUT ROWID;
CREATE TABLE home (
  account TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX home_opened ON home (opened_at);
`;
