// What an agent looked at, in the line under its answer: which records of the ERP, and when they were read.
import { z } from "zod";
import type { Seen } from "../pack.ts";

const Page = z.looseObject({ rows: z.array(z.looseObject({ record: z.string() })) });
/** More are counted: the line has to fit a phone, and what stands behind it in the line has to be seen too. */
const named = 3;
const room = 60;

/** "read SO-1007 with readOrder at 10:05 UTC"; empty where nothing was looked at. */
export function readWords(seen: readonly Seen[]): readonly string[] {
  if (seen.length === 0) return [];
  const readers = [...new Set(seen.map(({ reader }) => reader))].join(", ");
  const records = [...new Set(seen.flatMap(recordsIn))];
  if (records.length === 0) return [`read ${readers} just now`];
  const names = records.join(", ");
  const what = records.length <= named && names.length <= room ? names : countOf(records.length);
  const at = new Date(Math.max(...seen.map((look) => look.at))).toISOString().slice(11, 16);
  return [`read ${what} with ${readers} at ${at} UTC`];
}

const countOf = (records: number): string => (records === 1 ? "one record" : `${records} records`);

/** A document's lines are the document. */
function recordsIn({ result }: Seen): readonly string[] {
  const page = Page.safeParse(result);
  return page.success ? page.data.rows.map(({ record }) => record.replace(/#.*$/u, "")) : [];
}
