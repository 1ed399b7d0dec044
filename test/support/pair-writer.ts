// A process of its own that writes the same number to two databases, always to the first one first, as fast as it can.
import { DatabaseSync } from "node:sqlite";

const [first, second] = process.argv.slice(2, 4).map((file) => {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS count (n INTEGER);",
  );
  db.exec(
    "CREATE TABLE IF NOT EXISTS ballast (words TEXT); INSERT INTO ballast VALUES (hex(zeroblob(200000)));",
  );
  return db.prepare("INSERT INTO count VALUES (?)");
});
process.stdout.write("open\n");
for (let n = 1; ; n += 1) {
  first?.run(n);
  second?.run(n);
}
