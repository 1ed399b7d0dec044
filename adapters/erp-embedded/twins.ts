// An order of the same day, party and total is most likely the same one, made twice: the card warns of it.
import { z } from "zod";
import { type Database, readRows } from "./database.ts";

const twinSchema = z.object({ ref: z.string() });

/** One sentence for each other document of its kind, day, party and total that still counts. `doc`: the new one's row. */
export function findTwins(db: Database, doc: number): readonly string[] {
  const sql = `SELECT t.ref FROM doc d JOIN doc t ON t.kind=d.kind AND t.party=d.party AND t.day=d.day AND t.total=d.total
    WHERE d.id=:doc AND t.id <> d.id AND t.state <> 'cancelled' AND t.ref IS NOT NULL ORDER BY t.id`;
  return readRows(db, sql, { schema: twinSchema, values: { doc } }).map(
    ({ ref }) => `Order ${ref} of the same day has the same customer or supplier and the same total.`,
  );
}
