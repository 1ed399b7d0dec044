// What this Tryton user may do, asked at start: the rights to models and the rights to press buttons are two different
// things there, and whoever lacks one of them would only find out after the approval.
import { z } from "zod";
import type { Tryton } from "./rpc.ts";

const Access = z.record(
  z.string(),
  z.record(
    z.string(),
    z.union([z.boolean(), z.number()]).transform((right) => Boolean(right)),
  ),
);
type Right = "read" | "write" | "create";
type Need = {
  readonly model: string;
  readonly rights: readonly Right[];
  readonly buttons: readonly string[];
};

const needs: Readonly<Record<string, readonly Need[]>> = {
  "party.create": [{ model: "party.party", rights: ["read", "create"], buttons: [] }],
  "order.create": [{ model: "sale.sale", rights: ["read", "create"], buttons: ["quote"] }],
  "order.confirm": [{ model: "sale.sale", rights: ["read"], buttons: ["quote", "confirm"] }],
  "order.cancel": [{ model: "sale.sale", rights: ["read"], buttons: ["cancel"] }],
  "order.ship": [
    { model: "stock.shipment.out", rights: ["read"], buttons: ["assign_try", "pick", "pack", "done"] },
  ],
  "invoice.post": [{ model: "account.invoice", rights: ["read", "write"], buttons: ["post"] }],
  "payment.register": [
    { model: "account.invoice", rights: ["read", "write"], buttons: ["pay"] },
    { model: "account.move", rights: ["read", "create"], buttons: [] },
  ],
  "credit.post": [{ model: "account.invoice", rights: ["read", "write", "create"], buttons: ["post"] }],
  "note.add": [],
};

/** The operations that this user may do, and a sentence about those that are missing. */
export async function probeRights(
  tryton: Tryton,
  operations: readonly string[],
): Promise<{ readonly operations: readonly string[]; readonly detail: string }> {
  const models = [...new Set(Object.values(needs).flatMap((of) => of.map(({ model }) => model)))];
  const access = Access.parse(
    await tryton.call("model.ir.model.access.get_access", [[...models, "ir.note"]]),
  );
  const may = (model: string, right: Right): boolean => access[model]?.[right] === true;
  const locked = new Map<string, ReadonlySet<string>>();
  for (const model of models.filter((one) => may(one, "read")))
    locked.set(model, await lockedIn(tryton, model));
  const isMet = ({ model, rights, buttons }: Need): boolean =>
    rights.every((right) => may(model, right)) && !buttons.some((button) => locked.get(model)?.has(button));
  // Every deed leaves its mark as a note: without that right nothing could be found again.
  const canMark = may("ir.note", "create");
  const allowed = operations.filter((operation) => canMark && (needs[operation] ?? []).every(isMet));
  const missing = operations.filter((operation) => !allowed.includes(operation));
  const detail =
    missing.length === 0
      ? "Tryton, every operation allowed"
      : `Tryton does not allow this user: ${missing.join(", ")}`;
  return { operations: allowed, detail };
}

const View = z.object({ arch: z.string() });

/** Tryton says it in the form that it would show: a button that this user may not press is drawn as read-only for good. */
async function lockedIn(tryton: Tryton, model: string): Promise<ReadonlySet<string>> {
  const { arch } = View.parse(await tryton.call(`model.${model}.fields_view_get`, [null, "form"]));
  const locked = new Set<string>();
  for (const [button] of arch.matchAll(/<button\b[^>]*>/gu)) {
    const name = /\bname="([^"]+)"/u.exec(button)?.[1];
    const states = /\bstates="([^"]*)"/u.exec(button)?.[1]?.replaceAll("&quot;", '"') ?? "";
    if (name !== undefined && /"readonly": true/u.test(states)) locked.add(name);
  }
  return locked;
}
