// Seals on what says when something is taken up again, and how often it was tried.
export const times = `
ALTER TABLE proposal ADD COLUMN touch_seal TEXT;
ALTER TABLE effect ADD COLUMN seal TEXT;
`;
