// What an effect left behind in its ERP, beside where its proposal stands: shown on its card, sealed with its standing.

export const results = `
ALTER TABLE proposal ADD COLUMN result TEXT;
`;
