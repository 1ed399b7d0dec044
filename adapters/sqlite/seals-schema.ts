// Seals on the rows that a person's yes leans on beside the proposal: whoever can only write the file can't make one.
export const seals = `
ALTER TABLE turn ADD COLUMN seal TEXT;
ALTER TABLE button ADD COLUMN seal TEXT;
ALTER TABLE outbox ADD COLUMN seal TEXT;
ALTER TABLE outbox ADD COLUMN place_seal TEXT;
ALTER TABLE run ADD COLUMN seal TEXT;
`;
