// References to files that belong to a record: what a file is called, its fingerprint, how large it is, of what type and where
// it lies. The file itself is not kept here; who has it can prove by the fingerprint that it is the same.
import { z } from "zod";
import type { DocumentChange, JsonObject } from "../../src/ports/erp.ts";
import { type Database, readRow, readRows, write } from "./database.ts";
import type { Span } from "./mark.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { recordId } from "./parties.ts";
import { ErpRefusal } from "./refusal.ts";

const Fingerprint = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/u, "must be the 64 hex digits of a SHA-256");
const AttachArgs = z.strictObject({
  record: Named,
  name: z.string().trim().min(1).max(200),
  sha256: Fingerprint,
  bytes: z.int().min(1).max(1_000_000_000_000),
  mediaType: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/u, "must be a media type, e.g. application/pdf")
    .max(100),
  /** Where it lies, in words or as an address. */
  from: z.string().trim().min(1).max(500),
  day: Day,
});

const fileSchema = z.object({
  id: z.number(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  mediaType: z.string(),
  from: z.string(),
});
const columns = `a.id, a.name, a.sha256, a.bytes, a.media AS mediaType, a.source AS "from"`;

export const attachFile = defineOperation({
  input: z.strictObject({ ...AttachArgs.shape, day: Day.optional() }),
  args: AttachArgs,
  resolve: (db, input, today) => ({
    ...input,
    record: recordId(db, input.record),
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const record = recordId(db, args.record);
    const known = attachedTo(db, record, args.sha256);
    if (known !== null)
      throw new ErpRefusal("conflict", `That very file is attached to ${record} already, as ${known.name}.`);
    const sql = `INSERT INTO attachment(record, day, name, sha256, bytes, media, source)
      VALUES (:record, :day, :name, :sha256, :bytes, :mediaType, :from)`;
    write(db, sql, { ...args, record });
    return { ...plain, summary: `Attach ${args.name} to ${record}`, undo: "Take the reference off again." };
  },
});

const DetachArgs = z.strictObject({ record: Named, sha256: Fingerprint, day: Day });

/** The reference goes; that it was there stays recorded, and the file was never here. */
export const detachFile = defineOperation({
  input: z.strictObject({ ...DetachArgs.shape, day: Day.optional() }),
  args: DetachArgs,
  resolve: (db, input, today) => ({
    ...input,
    record: recordId(db, input.record),
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const record = recordId(db, args.record);
    const file = attachedTo(db, record, args.sha256);
    if (file === null)
      throw new ErpRefusal("missing", `No such file is attached to ${record}. Look at the record first.`);
    write(db, "INSERT INTO attachment_end(attachment, day) VALUES (:id, :day)", {
      id: file.id,
      day: args.day,
    });
    return { ...plain, summary: `Take ${file.name} off ${record}`, undo: "Attach it again." };
  },
});

const plain = { guards: [], amountCents: null, isExternal: false, tokens: {} };

const attachedTo = (db: Database, record: string, sha256: string) =>
  readRow(db, `SELECT ${columns} FROM attached a WHERE a.record=:record AND a.sha256=:sha256`, {
    schema: fileSchema,
    values: { record, sha256 },
  });

type Applied = { readonly args: JsonObject };

export const detachAgain = (_db: Database, { args }: Applied) => ({
  op: "attachment.remove",
  args: { record: args["record"] ?? "", sha256: args["sha256"] ?? "" },
});

/** As it was attached the last time. */
export function attachAgain(db: Database, { args }: Applied) {
  const named = DetachArgs.pick({ record: true, sha256: true }).parse({
    record: args["record"],
    sha256: args["sha256"],
  });
  const sql = `SELECT ${columns} FROM attachment a WHERE a.record=:record AND a.sha256=:sha256 ORDER BY a.id DESC LIMIT 1`;
  const file = readRow(db, sql, { schema: fileSchema, values: named });
  if (file === null) return null;
  const { id: _id, ...words } = file;
  return { op: "attachment.add", args: { record: named.record, ...words } };
}

const changeSchema = fileSchema.extend({ record: z.string(), isEnd: z.number() });

/** What a stretch of history attached and took off, in words. */
export function attachmentChanges(db: Database, span: Span): DocumentChange[] {
  const sql = `SELECT ${columns}, a.record, 0 AS isEnd FROM attachment a WHERE a.id > :from AND a.id <= :to
    UNION ALL SELECT ${columns}, a.record, 1 FROM attachment_end e JOIN attachment a ON a.id=e.attachment
      WHERE e.id > :fromEnd AND e.id <= :toEnd ORDER BY isEnd, id`;
  const { from, to } = span;
  const values = {
    from: from.attachment,
    to: to.attachment,
    fromEnd: from.attachmentEnd,
    toEnd: to.attachmentEnd,
  };
  return readRows(db, sql, { schema: changeSchema, values }).map(({ record, isEnd, ...file }) => {
    const text = `${file.name}, ${file.mediaType}, ${file.bytes} bytes, SHA-256 ${file.sha256}, from ${file.from}`;
    return isEnd === 1
      ? { record, label: "attachment", before: text, after: null }
      : { record, label: "attachment", before: null, after: text };
  });
}
