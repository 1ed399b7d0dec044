// The way from a project to what it decided lately.
export const lately = `
CREATE INDEX proposal_lately ON proposal (project, decided_at) WHERE decided_at IS NOT NULL;
`;
