// Who handed whose words to whom, in the order in which it happened in a turn; each row bears a seal like its turn.

export const handOffs = `
CREATE TABLE hand_off (
  turn TEXT NOT NULL REFERENCES turn (id), number INTEGER NOT NULL, body TEXT NOT NULL, seal TEXT NOT NULL,
  PRIMARY KEY (turn, number)
) STRICT, WITHOUT ROWID;
`;
