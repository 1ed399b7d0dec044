// What is kept of batches: which items are unticked, and the way from a batch to its items. An item has no card of its
// own, so what would wake it is its batch's card.

import { inBody } from "./repeats-schema.ts";

export const batches = `
CREATE TABLE unticked (proposal TEXT PRIMARY KEY REFERENCES proposal (id), lead TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX unticked_lead ON unticked (lead);
CREATE INDEX proposal_batch ON proposal (${inBody("batch.lead")});
DROP VIEW stuck_proposal;
CREATE VIEW stuck_proposal AS SELECT p.id AS id, p.state AS state FROM proposal p
  WHERE (p.state = 'proposed' AND ${inBody("showAt", "p.")} IS NULL AND NOT EXISTS (
      SELECT 1 FROM outbox o WHERE o.proposal = coalesce(${inBody("batch.lead", "p.")}, p.id)
        AND o.state IN ('pending', 'sending')))
    OR (p.state = 'pending' AND p.expires_at IS NULL)
    OR (p.state IN ('executing', 'unknown') AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.key = p.id));
`;
