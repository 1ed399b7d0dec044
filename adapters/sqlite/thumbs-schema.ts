// A seal on each thumb: what people say of an answer is evidence, so nobody else may say it for them.

export const thumbSeals = `
ALTER TABLE rating ADD COLUMN seal TEXT;
`;
