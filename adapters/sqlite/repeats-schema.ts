// An index over what was asked before, so that a repeated command is found without reading every proposal. A body that
// somebody broke has no command: it is found out where it is read, and holds nothing else up.

/** A field of a proposal's stored body. */
export const inBody = (path: string, table = ""): string =>
  `CASE WHEN json_valid(${table}body) THEN json_extract(${table}body, '$.${path}') END`;

export const repeats = `
CREATE INDEX proposal_command ON proposal (${inBody("commandHash")});
`;
export const wishes = `
CREATE INDEX proposal_wish ON proposal (${inBody("sameness")});
`;
