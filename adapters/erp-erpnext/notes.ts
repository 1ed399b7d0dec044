// A note on a record, as a comment in its timeline. What a person wrote is text: it is escaped, because comments are HTML.
import { z } from "zod";
import { refused } from "../../src/remote-erp/fault.ts";
import { Day, Named, defineRemoteOperation } from "../../src/remote-erp/operation.ts";
import { byWords, stampText } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";
import { noteDoctype } from "./stamps.ts";

const Args = z.strictObject({ record: Named, text: z.string().trim().min(1).max(2000) });
const noted = ["Sales Order", "Sales Invoice", "Delivery Note", "Customer", "Item"] as const;
const Name = z.looseObject({ name: z.string() });
const Note = z.object({ content: z.string() });
const label = "note";

async function findRecord({ site }: Desk, record: string): Promise<{ doctype: string; name: string }> {
  const searches = noted.map(async (doctype) => {
    const rows = await site.list(doctype, { fields: ["name"], filters: [["name", "=", record]], limit: 1 });
    return rows.map((row) => ({ doctype, name: Name.parse(row).name }));
  });
  const [found] = (await Promise.all(searches)).flat();
  if (found === undefined) throw refused(`There is no record ${record} to put a note on. Check its number.`);
  return found;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const toHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/gu, (sign) => escapes[sign] ?? sign).replaceAll("\n", "<br>");

export const addNote = defineRemoteOperation({
  input: z.strictObject({ ...Args.shape, day: Day.optional() }),
  args: Args,
  resolve: async (desk: Desk, { record, text }) => ({ record: (await findRecord(desk, record)).name, text }),
  plan: async (desk, { record, text }) => {
    const { doctype, name } = await findRecord(desk, record);
    return {
      summary: `Add a note to ${name}`,
      changes: [{ record: name, label, before: null, after: text }],
      deltas: [],
      guards: [],
      warnings: [],
      amountCents: null,
      isExternal: false,
      undo: "Delete the comment in ERPNext.",
      tokens: {},
      send: async (stamp, signal) => {
        const body = {
          reference_doctype: doctype,
          reference_name: name,
          content: `<p>${toHtml(text)}</p><p>approved${byWords(stamp)}: ${stampText(stamp)}</p>`,
          comment_email: "",
          comment_by: "Nova",
        };
        await desk.site.call("frappe.desk.form.utils.add_comment", { body, signal });
        return [name];
      },
    };
  },
  stand: async ({ site }, { record, text }, stamp) => {
    const [row] = await site.list(noteDoctype, {
      fields: ["content"],
      filters: [
        ["reference_name", "=", record],
        ["content", "like", `%${stampText(stamp)}%`],
      ],
      limit: 1,
    });
    if (row === undefined) return null;
    // ERPNext may clean the markup: the words must be there, whatever stands around them.
    const isThere = Note.parse(row).content.includes(toHtml(text));
    return { isWhole: true, values: [{ record, label, value: isThere ? text : "" }] };
  },
});
