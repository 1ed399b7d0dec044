// Where Nova's stamps are in Odoo. What Nova creates carries it in a field of its own (`client_order_ref`, `ref`). A button
// can carry nothing, and two calls are two transactions: so Nova first leaves a message on the record that says what it is
// about to do, and whether it was done is read from the record.
import { z } from "zod";
import { ErpFault } from "../../src/remote-erp/fault.ts";
import type { Stamped } from "../../src/remote-erp/connector.ts";
import { byWords, stampIn, stampPrefix, stampText } from "../../src/remote-erp/stamp.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Deed } from "./database.ts";
import type { Desk } from "./desk.ts";
import { Text, findOrder, orderState } from "./records.ts";

const created = [
  { model: "sale.order", field: "client_order_ref", name: "name" },
  { model: "res.partner", field: "ref", name: "id" },
  { model: "res.partner", field: "comment", name: "id" },
  { model: "account.payment", field: "memo", name: "name" },
  { model: "stock.move", field: "inventory_name", name: "id" },
] as const;
const Row = z.looseObject({ id: z.int() });
const Message = z.object({ id: z.int(), model: Text, res_id: z.int(), body: Text });
type Message = z.infer<typeof Message>;

/** What the record must show for the announced step to have happened. */
const isDone: Readonly<Record<string, (state: string) => boolean>> = {
  "order.confirm": (state) => ["confirmed", "shipped", "invoiced"].includes(state),
  "order.cancel": (state) => state === "cancelled",
  "order.ship": (state) => ["shipped", "invoiced"].includes(state),
};

/** `readable`: the models that Nova's user may read; what it can't read it can't have written. */
export async function findStamps(
  desk: Desk,
  actionId: string,
  readable: ReadonlySet<string>,
): Promise<readonly Stamped[]> {
  const fields = created
    .filter(({ model }) => readable.has(model))
    .map(async ({ model, field, name }) => {
      const domain = [[field, "ilike", stampPrefix(actionId)]] as const;
      const rows = await desk.db.look(model, { domain, fields: [...(name === "id" ? [] : [name]), field] });
      return rows.flatMap((raw) => {
        const row = Row.parse(raw);
        const stamp = stampIn(plainBody(Text.parse(row[field])), actionId);
        const record = name === "id" ? `P-${row.id}` : Text.parse(row[name]);
        return stamp === null ? [] : [{ record, stamp, isWhole: true }];
      });
    });
  const announced = readable.has("mail.message") ? findAnnounced(desk, actionId) : [];
  const credited = readable.has("account.move") ? findCredits(desk, actionId) : [];
  return (await Promise.all([...fields, announced, credited])).flat();
}

/** A draft that bears the stamp binds nobody: only what is posted was done. */
async function findCredits({ db }: Desk, actionId: string): Promise<readonly Stamped[]> {
  const domain = [
    ["move_type", "=", "out_refund"],
    ["ref", "ilike", stampPrefix(actionId)],
    ["state", "=", "posted"],
  ] as const;
  const rows = await db.look("account.move", { domain, fields: ["name", "ref"] });
  return rows.flatMap((raw) => {
    const { name, ref } = Posted.parse(raw);
    const stamp = stampIn(ref, actionId);
    return stamp === null ? [] : [{ record: name, stamp, isWhole: true }];
  });
}
const Posted = z.object({ name: Text, ref: Text });

async function findAnnounced(desk: Desk, actionId: string): Promise<readonly Stamped[]> {
  const messages = await findMessages(desk, actionId);
  // Odoo refused Nova's call: whoever pressed the button after that, it was not Nova.
  if (messages.some(({ body }) => plainBody(body).includes(refusedWords))) return [];
  return (await Promise.all(messages.map(async (one) => toDone(desk, one, actionId)))).flat();
}

export async function findMessages({ db }: Desk, actionId: string): Promise<readonly Message[]> {
  const domain = [["body", "ilike", stampPrefix(actionId)]] as const;
  const rows = await db.look("mail.message", {
    domain,
    fields: ["model", "res_id", "body"],
    order: "id asc",
  });
  return rows.map((row) => Message.parse(row));
}

/** Without markup: `<p>` and its like part words. */
export const plainBody = (body: string): string => body.replaceAll(/<[^>]*>/gu, " ");

async function toDone(desk: Desk, message: Message, actionId: string): Promise<readonly Stamped[]> {
  const body = plainBody(message.body);
  const stamp = stampIn(body, actionId);
  if (stamp === null) return [];
  const [, op] = /about to ([a-z]+\.[a-z]+)/u.exec(body) ?? [];
  // A note, or a change of fields: written in the same call as its stamp, or there right after it.
  if (op === undefined) return [{ record: String(message.res_id), stamp, isWhole: true }];
  if (message.model === "account.move") return postedOf(desk, message.res_id, stamp);
  const [row] = await desk.db.look("sale.order", {
    domain: [["id", "=", message.res_id]],
    fields: ["name"],
    limit: 1,
  });
  if (row === undefined) return [];
  const name = Text.parse(Row.parse(row)["name"]);
  const order = await findOrder(desk, name);
  if (order === null || isDone[op]?.(orderState(order)) !== true) return [];
  return [{ record: name, stamp, isWhole: true }];
}

async function postedOf({ db }: Desk, id: number, stamp: string): Promise<readonly Stamped[]> {
  const domain = [
    ["id", "=", id],
    ["state", "=", "posted"],
  ] as const;
  const rows = await db.look("account.move", { domain, fields: ["name"], limit: 1 });
  return rows.map((row) => ({ record: Text.parse(Row.parse(row)["name"]), stamp, isWhole: true }));
}

const refusedWords = "Odoo refused it to Nova, nothing was done";

type Announced = { readonly model: string; readonly id: number; readonly op: string };

type Sending = { readonly stamp: Stamp; readonly signal: AbortSignal };

/** Says on the record what is about to be done by it, and by which approval, does it, and says so too where Odoo refused it. */
export async function doAnnounced(
  desk: Desk,
  announced: Announced,
  deed: Sending & { readonly task: () => Promise<unknown> },
): Promise<void> {
  await announce(desk, announced, deed);
  try {
    await deed.task();
  } catch (thrown) {
    if (thrown instanceof ErpFault && thrown.trouble === null) await takeBack(desk, announced, deed);
    throw thrown;
  }
}

/** A refusal took the whole call back. Where this can't be said, the announcement stays, and the record's state decides. */
async function takeBack({ db }: Desk, { model, id, op }: Announced, { stamp, signal }: Sending) {
  const args = { body: `${op}: ${refusedWords}. ${stampText(stamp)}` };
  await db.do(model, "message_post", { ids: [id], args, signal } satisfies Deed).catch(() => null);
}

async function announce(
  { db }: Desk,
  { model, id, op }: Announced,
  { stamp, signal }: Sending,
): Promise<void> {
  const args = { body: `Nova is about to ${op} as approved${byWords(stamp)}: ${stampText(stamp)}` };
  // Asked once more, so that nothing is announced that can't follow.
  if (!(await db.hasAccess(model, "write")))
    throw new ErpFault("denied", "Odoo does not allow this to Nova's user any more.");
  await db.do(model, "message_post", { ids: [id], args, signal } satisfies Deed);
}
