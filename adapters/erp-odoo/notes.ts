// A note on an order, a customer or an invoice, in its chatter. What a person wrote is text: Odoo escapes a plain body
// itself, and Nova sends nothing but text.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { byWords, stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { findMessages, plainBody } from "./marks.ts";

const Args = z.strictObject({ record: Named, text: z.string().trim().min(1).max(2000) });
const label = "note";
const Found = z.object({ id: z.int() });

async function findRecord({ db }: Desk, record: string): Promise<{ model: string; id: number }> {
  const places = [
    { model: "sale.order", domain: [["name", "=ilike", record]] },
    { model: "account.move", domain: [["name", "=ilike", record]] },
    { model: "res.partner", domain: [["id", "=", /^P-\d+$/iu.test(record) ? Number(record.slice(2)) : 0]] },
  ] as const;
  for (const { model, domain } of places) {
    const [row] = await db.look(model, { domain, fields: ["name"], limit: 1 });
    if (row !== undefined) return { model, id: Found.parse(row).id };
  }
  throw refused(`There is no record ${record} to put a note on. Check its number.`);
}

const decoded = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#34;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

export const addNote = defineRemoteOperation({
  input: z.strictObject({ ...Args.shape, day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, { record, text }) => {
    await findRecord(desk, record);
    return { record: record.toUpperCase(), text };
  },
  plan: async (desk, { record, text }) => {
    const { model, id } = await findRecord(desk, record);
    return {
      summary: `Add a note to ${record}`,
      changes: [{ record, label, before: null, after: text }],
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: null,
      isExternal: false,
      undo: "Delete the note in Odoo.",
      tokens: {},
      send: async (stamp, signal) => {
        const args = { body: `${text} (approved${byWords(stamp)}) ${stampText(stamp)}` };
        await desk.db.do(model, "message_post", { ids: [id], args, signal });
        return [record];
      },
    };
  },
  stand: async (desk, { record, text }, stamp) => {
    const [message] = await findMessages(desk, stamp.actionId);
    if (message === undefined) return null;
    const isThere = decoded(plainBody(message.body)).includes(text);
    return { isWhole: true, values: [{ record, label, value: isThere ? text : "" }] };
  },
});
