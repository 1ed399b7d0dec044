// What the key of Nova's user reaches, asked of Odoo model by model: nobody is asked to approve what it would refuse.
import { ErpFault } from "../../src/remote-erp/fault.ts";
import type { Probed } from "../../src/remote-erp/probe.ts";
import type { Database } from "./database.ts";

type Need = readonly (readonly [model: string, operation: "read" | "create" | "write"])[];
/** A step leaves a message first; without being able to find it again, Nova does not begin one. */
const messages = ["mail.message", "read"] as const;
const paying: Need = [
  ["account.payment.register", "create"],
  ["account.payment", "read"],
  ["account.move", "read"],
  ["account.move.line", "read"],
  ["account.journal", "read"],
];
const needs: Readonly<Record<string, Need>> = {
  "party.create": [["res.partner", "create"]],
  "party.change": [["res.partner", "write"]],
  "order.create": [
    ["sale.order", "create"],
    ["product.product", "read"],
    ["stock.warehouse", "read"],
  ],
  "order.confirm": [["sale.order", "write"], ["product.product", "read"], messages],
  "order.cancel": [["sale.order", "write"], ["product.product", "read"], messages],
  "order.ship": [["sale.order", "read"], ["stock.picking", "write"], ["product.product", "read"], messages],
  // Posting asks for Odoo's invoicing group, whatever the right to write an entry says; its form of payments is that group's.
  "invoice.post": [
    ["sale.advance.payment.inv", "create"],
    ["sale.order", "read"],
    ["account.move", "write"],
    ["account.move.line", "read"],
    ["account.payment.register", "create"],
    messages,
  ],
  "credit.post": [
    ["account.move.reversal", "create"],
    ["account.move", "write"],
    ["account.payment.register", "create"],
  ],
  "payment.register": paying,
  "bill.pay": paying,
  "stock.adjust": [
    ["stock.quant", "write"],
    ["stock.move", "read"],
    ["product.product", "read"],
  ],
  "note.add": [["sale.order", "read"], ["account.move", "read"], messages],
};
const models = [
  "sale.order",
  "res.partner",
  "product.product",
  "stock.warehouse",
  "stock.picking",
  "account.move",
  "account.move.line",
  "account.payment",
  "account.journal",
  "stock.quant",
  "stock.move",
  "mail.message",
];
/** A form is made and used by its maker: what counts is the right to make one. */
const isForm = (model: string): boolean => !models.includes(model);

/** Throws ErpFault when Odoo can't be reached or does not accept the key. */
export async function probeRights(db: Database): Promise<Probed> {
  const wanted = new Set([
    ...models.map((model) => `${model}:read`),
    ...Object.values(needs).flatMap((need) => need.map(([model, right]) => `${model}:${right}`)),
  ]);
  const answers = await Promise.all([...wanted].map(async (one) => ({ one, has: await isAllowed(db, one) })));
  const allowed = new Set(answers.filter(({ has }) => has).map(({ one }) => one));
  const readable = new Set(models.filter((model) => allowed.has(`${model}:read`)));
  const operations = Object.entries(needs)
    .filter(([, need]) =>
      need.every(
        ([model, right]) => (isForm(model) || readable.has(model)) && allowed.has(`${model}:${right}`),
      ),
    )
    .map(([operation]) => operation);
  const refused = Object.keys(needs).filter((operation) => !operations.includes(operation));
  const detail =
    refused.length === 0
      ? "Odoo, every operation that Nova knows is allowed"
      : `Odoo does not allow this user, or lacks the app for: ${refused.join(", ")}`;
  return { operations, readable, detail };
}

/** A model of an app that is not installed is not found: nobody may do anything with it. */
async function isAllowed(db: Database, one: string): Promise<boolean> {
  const [model = "", right = ""] = one.split(":");
  try {
    return await db.hasAccess(model, right);
  } catch (thrown) {
    if (thrown instanceof ErpFault && (thrown.kind === "rejected" || thrown.kind === "denied")) return false;
    throw thrown;
  }
}
