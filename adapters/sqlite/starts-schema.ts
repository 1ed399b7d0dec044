// When an approved effect that waits before it runs may begin.
export const starts = `
ALTER TABLE proposal ADD COLUMN run_at INTEGER;
CREATE INDEX proposal_start ON proposal (run_at) WHERE state = 'approved' AND run_at IS NOT NULL;
`;
