// What is kept of proposals that wait for people: when the card was seen to stand, when somebody is to be reminded, and
// who voted from where. Two views say what must never be.

// In `unshown_end`, a card that is shown as it is has nothing due; a dead one has its failure row.
export const waiting = `
ALTER TABLE proposal ADD COLUMN shown_at INTEGER;
ALTER TABLE proposal ADD COLUMN remind_at INTEGER;
ALTER TABLE proposal ADD COLUMN escalated_at INTEGER;
ALTER TABLE vote ADD COLUMN surface TEXT;
ALTER TABLE vote ADD COLUMN instead_of TEXT;
CREATE INDEX proposal_reminder ON proposal (remind_at) WHERE state = 'pending' AND remind_at IS NOT NULL;
CREATE VIEW stuck_proposal AS SELECT p.id AS id, p.state AS state FROM proposal p
  WHERE (p.state = 'proposed' AND json_extract(p.body, '$.showAt') IS NULL AND NOT EXISTS (
      SELECT 1 FROM outbox o WHERE o.proposal = p.id AND o.state IN ('pending', 'sending')))
    OR (p.state = 'pending' AND p.expires_at IS NULL)
    OR (p.state IN ('executing', 'unknown') AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.key = p.id));
CREATE VIEW unshown_end AS SELECT p.id AS id, p.state AS state FROM proposal p
  JOIN outbox o ON o.proposal = p.id
  WHERE p.state NOT IN ('proposed', 'pending', 'approved', 'executing', 'unknown')
    AND ((o.state = 'sent' AND o.shown_rev <> o.rev)
      OR (o.state = 'dead' AND NOT EXISTS (SELECT 1 FROM failure f WHERE f.kind = 'delivery.failed'
        AND f.operator LIKE o.id || ':%')));
`;
