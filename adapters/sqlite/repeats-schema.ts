// An index over what was asked before, so that a repeated command is found without reading every proposal.

export const repeats = `
CREATE INDEX proposal_command ON proposal (json_extract(body, '$.commandHash'));
`;
