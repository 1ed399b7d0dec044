// Money: sums per scope and day, and what is set aside for requests that are on their way. The numbers of those are never
// given twice. What was spent before there were sums is taken over, by days of UTC.

const amount = "INTEGER NOT NULL DEFAULT 0 CHECK";

export const budgets = `
CREATE TABLE budget (
  scope TEXT NOT NULL, day TEXT NOT NULL, reserved_micros ${amount} (reserved_micros >= 0),
  spent_micros ${amount} (spent_micros >= 0), unsettled_micros ${amount} (unsettled_micros >= 0),
  PRIMARY KEY (scope, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_day ON budget (day);
CREATE TABLE reservation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, lines TEXT NOT NULL, highest_micros INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT;
INSERT INTO budget (scope, day, spent_micros)
  SELECT 'person:' || person, date(finished_at / 1000, 'unixepoch'), CAST(sum(dollars) * 1000000 + 0.999999 AS INTEGER)
  FROM turn WHERE dollars > 0 AND finished_at IS NOT NULL GROUP BY 1, 2;
INSERT INTO budget (scope, day, spent_micros)
  SELECT 'all', day, sum(spent_micros) FROM budget GROUP BY day;
`;
