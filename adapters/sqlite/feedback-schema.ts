// The tables of feedback: votes on answers, vouchers and successors of facts, and the way from a shown post to its turn.

export const feedback = `
CREATE INDEX outbox_shown ON outbox (platform_id) WHERE platform_id IS NOT NULL;
CREATE TABLE rating (
  turn TEXT NOT NULL REFERENCES turn (id), person TEXT NOT NULL, account TEXT NOT NULL, agent TEXT NOT NULL,
  mark TEXT CHECK (mark IN ('up', 'down')), other TEXT CHECK (other IN ('up', 'down')), said_in TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (turn, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_agent ON rating (agent, at);
ALTER TABLE fact ADD COLUMN vouched_at INTEGER;
ALTER TABLE fact ADD COLUMN vouched_by TEXT;
ALTER TABLE fact ADD COLUMN superseded_by TEXT;
`;
