// The journal's tables and how an older file becomes a current one: forward only, additive only, one integer version.
// A release can be rolled back without a down migration, because nothing is renamed or dropped.
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";
import { batches } from "./batches-schema.ts";
import { budgets } from "./budgets-schema.ts";
import { feedback } from "./feedback-schema.ts";
import { handOffs } from "./hand-offs-schema.ts";
import { lately } from "./lately-schema.ts";
import { repeats, wishes } from "./repeats-schema.ts";
import { results } from "./results-schema.ts";
import { seals } from "./seals-schema.ts";
import { starts } from "./starts-schema.ts";
import { times } from "./times-schema.ts";
import { threadsAndHomes } from "./threads-schema.ts";
import { thumbSeals } from "./thumbs-schema.ts";
import { trust } from "./trust-schema.ts";
import { waiting } from "./waiting-schema.ts";

const turns = `
CREATE TABLE thread (
  id TEXT PRIMARY KEY, last_agent TEXT, last_text TEXT, waiting TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE turn (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL, project TEXT, person TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'working', 'done')), attempts INTEGER NOT NULL,
  at INTEGER NOT NULL, kept_at INTEGER NOT NULL, finished_at INTEGER, outcome TEXT, agent TEXT,
  input_tokens INTEGER NOT NULL DEFAULT 0, output_tokens INTEGER NOT NULL DEFAULT 0,
  dollars REAL NOT NULL DEFAULT 0, asked TEXT NOT NULL DEFAULT '', answered TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL, route TEXT, pack TEXT
) STRICT;
CREATE INDEX turn_thread ON turn (thread, ord);
CREATE INDEX turn_open ON turn (thread, ord) WHERE state <> 'done';
CREATE INDEX turn_spent ON turn (finished_at, person, dollars) WHERE dollars > 0;
CREATE TABLE failure (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, turn TEXT, thread TEXT, kind TEXT NOT NULL,
  person TEXT NOT NULL, operator TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE run (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agent TEXT NOT NULL, version INTEGER NOT NULL, project TEXT,
  thread TEXT NOT NULL, requester TEXT NOT NULL, requester_account TEXT NOT NULL, input TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'running', 'waiting', 'done', 'failed', 'stopped')),
  steps TEXT NOT NULL, started_at INTEGER NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX run_open ON run (ord) WHERE state IN ('new', 'running', 'waiting');
CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`;

const approvals = `
CREATE TABLE proposal (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, project TEXT, body TEXT NOT NULL, created_at INTEGER NOT NULL,
  row_mac TEXT NOT NULL, state TEXT NOT NULL, expires_at INTEGER, touched_at INTEGER NOT NULL,
  decided_by TEXT NOT NULL, decided_at INTEGER, reason TEXT, outcome_detail TEXT
) STRICT;
CREATE INDEX proposal_state ON proposal (state, expires_at);
CREATE TABLE vote (
  proposal TEXT NOT NULL REFERENCES proposal (id), person TEXT NOT NULL, account TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('approve', 'reject')), reason TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (proposal, person)
) STRICT;
CREATE TABLE effect (
  key TEXT PRIMARY KEY REFERENCES proposal (id), attempt INTEGER NOT NULL, intent_at INTEGER NOT NULL,
  state TEXT NOT NULL, settled_at INTEGER, detail TEXT
) STRICT;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
  prev TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
`;

const outbox = `
CREATE TABLE outbox (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL, turn TEXT, proposal TEXT, post TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'dead')), rev INTEGER NOT NULL,
  shown_rev INTEGER NOT NULL, platform_id TEXT, attempts INTEGER NOT NULL, not_before INTEGER NOT NULL,
  claimed_at INTEGER NOT NULL, is_unclear INTEGER NOT NULL, why TEXT,
  CHECK ((proposal IS NULL) <> (post IS NULL))
) STRICT;
CREATE INDEX outbox_open ON outbox (thread, ord) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_dead ON outbox (ord) WHERE state = 'dead';
CREATE INDEX outbox_proposal ON outbox (proposal) WHERE proposal IS NOT NULL;
CREATE TABLE button (
  nonce TEXT PRIMARY KEY, outbox TEXT NOT NULL REFERENCES outbox (id), action TEXT NOT NULL, used_by TEXT
) STRICT, WITHOUT ROWID;
`;

const memory = `
CREATE TABLE project (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE fact (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, project INTEGER NOT NULL REFERENCES project (key),
  text TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('fact', 'decision')), said_by TEXT NOT NULL,
  at INTEGER NOT NULL, turn TEXT NOT NULL, forgotten_at INTEGER
) STRICT;
CREATE INDEX fact_project ON fact (project, ord);
`;

/** A few words of an adapter's own: what it has read, when it logged in. */
const notes = `
CREATE TABLE note (key TEXT PRIMARY KEY, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

const previews = `
CREATE TABLE preview (
  turn TEXT PRIMARY KEY REFERENCES turn (id), platform_id TEXT, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Step n brings a file from version n to n + 1. Only ever appended to. */
export const migrations: readonly string[] = [
  turns,
  approvals,
  outbox,
  memory,
  notes,
  previews,
  threadsAndHomes,
  feedback,
  waiting,
  repeats,
  batches,
  starts,
  seals,
  lately,
  wishes,
  results,
  trust,
  times,
  handOffs,
  budgets,
  thumbSeals,
];

/** From this version on thumbs are sealed. */
export const sealsThumbs = migrations.indexOf(thumbSeals) + 1;

/**
 * Brings the file to the last version in one transaction: after a step that fails it stands as it was, and commits once.
 * Returns the version that was found.
 */
export function migrate(db: DatabaseSync, file: string, steps: readonly string[] = migrations): number {
  const { user_version: found } = z
    .object({ user_version: z.number().int() })
    .parse(db.prepare("PRAGMA user_version").get());
  if (found > steps.length) {
    throw new BootError(
      `The journal ${file} was written by a newer Nova (schema ${found}, this one knows ${steps.length}): update Nova, or set NOVA_HOME to another folder.`,
    );
  }
  if (found === steps.length) return found;
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps.slice(found)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}; COMMIT;`);
    return found;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
