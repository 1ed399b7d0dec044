// What trust asks of the journal: what was judged since a time, and which proposals a person made of another one. And how
// far an answer was to be believed, kept beside its route.

export const trust = `
CREATE INDEX proposal_judged ON proposal (touched_at) WHERE state NOT IN ('proposed', 'pending');
CREATE INDEX proposal_became ON proposal (outcome_detail) WHERE state = 'superseded';
CREATE INDEX rating_at ON rating (at);
ALTER TABLE turn ADD COLUMN verification TEXT;
`;
