// A note on an order or an invoice. Its first line is Nova's mark, so that no text that somebody wrote can pass for one.
import { z } from "zod";
import { toStanding } from "../../src/remote-erp/contents.ts";
import { halfOf, referenceOf, resourceOf } from "./mark.ts";
import type { Anchor } from "./mark.ts";
import { findInvoice, findSale } from "./names.ts";
import { Named, defineOperation, quiet } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";

const Args = z.strictObject({ record: Named, text: z.string().trim().min(1).max(2000) });

async function anchorOf({ tryton }: Desk, record: string): Promise<Anchor> {
  if (/^INV-/iu.test(record)) return { model: "account.invoice", id: await findInvoice(tryton, record) };
  return { model: "sale.sale", id: await findSale(tryton, record) };
}

export const addNote = defineOperation({
  input: z.strictObject({ ...Args.shape, day: z.string().optional() }),
  args: Args,
  resolve: async (desk, { record, text }) => {
    await anchorOf(desk, record);
    return { record, text };
  },
  plan: async (_desk, { record, text }) => ({
    ...quiet,
    summary: `Add a note to ${record}`,
    changes: [{ record, label: "note", before: null, after: text }],
    undo: "A second note can take it back.",
  }),
  anchor: null,
  run: async (desk, { record, text }, { mark, signal }) => {
    const resource = resourceOf(await anchorOf(desk, record));
    const message = `nova:${mark.id} ${halfOf(mark.hash)} ${mark.op}, approved in Nova:\n${text}`;
    await desk.tryton.call("model.ir.note.create", [[{ resource, message }]], { signal });
  },
  look: async (desk, { anchor, actionId, args }): Promise<Standing> => {
    if (args === null) return { verified: "applied", ids: [], values: [] };
    const note = { label: "note", text: await textOf(desk, anchor, actionId) };
    return { verified: "applied", ids: [args.record], values: toStanding(args.record, [note]) };
  },
});

const Messages = z.array(z.object({ message: z.string() }));

/** Without its first line, which is the mark. */
async function textOf({ tryton }: Desk, anchor: Anchor, actionId: string): Promise<string> {
  const domain = [
    ["resource", "=", resourceOf(anchor)],
    ["message", "like", `${referenceOf(actionId).replaceAll(/[\\%_]/gu, "\\$&")} %`],
  ];
  const told = await tryton.call("model.ir.note.search_read", [domain, 0, 1, null, ["message"]]);
  return Messages.parse(told)[0]?.message.replace(/^[^\n]*\n/u, "") ?? "";
}
