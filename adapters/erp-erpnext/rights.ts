// What the key of Nova's user reaches: asked of ERPNext itself, so that nobody is ever asked to approve what it would
// refuse, and so that a missing custom field is said before it matters.
import { z } from "zod";
import { ErpFault } from "../../src/remote-erp/fault.ts";
import type { Probed } from "../../src/remote-erp/probe.ts";
import type { Site } from "./site.ts";
import { actionField, fieldsOf, noteDoctype, places, stepsField } from "./stamps.ts";

type Right = "create" | "write" | "submit" | "cancel";
type Need = { readonly doctype: string; readonly rights: readonly Right[] };

const needs: Readonly<Record<string, Need>> = {
  "party.create": { doctype: "Customer", rights: ["create"] },
  "party.change": { doctype: "Customer", rights: ["write"] },
  "order.create": { doctype: "Sales Order", rights: ["create"] },
  "order.confirm": { doctype: "Sales Order", rights: ["write", "submit"] },
  "order.cancel": { doctype: "Sales Order", rights: ["cancel"] },
  "order.ship": { doctype: "Delivery Note", rights: ["create", "submit"] },
  "invoice.post": { doctype: "Sales Invoice", rights: ["create", "submit"] },
  "payment.register": { doctype: "Payment Entry", rights: ["create", "submit"] },
  "stock.adjust": { doctype: "Stock Entry", rights: ["create", "submit"] },
  "stock.receive": { doctype: "Stock Entry", rights: ["create", "submit"] },
  "note.add": { doctype: noteDoctype, rights: [] },
};

/** Throws ErpFault when ERPNext can't be reached or does not accept the key. */
export async function probeRights(site: Site): Promise<Probed> {
  const asked = [...places.map((place) => ({ doctype: place.doctype, fields: fieldsOf(place) })), notes];
  const answers = await Promise.all(
    asked.map(async ({ doctype, fields }) => ({
      doctype,
      isReadable: await isReadable(site, doctype, fields),
    })),
  );
  const readable = new Set(answers.filter((one) => one.isReadable).map(({ doctype }) => doctype));
  const allowed = await Promise.all(
    Object.entries(needs).map(async ([operation, need]) =>
      readable.has(need.doctype) && (await hasRights(site, need)) ? [operation] : [],
    ),
  );
  const operations = allowed.flat();
  const unread = asked.map(({ doctype }) => doctype).filter((doctype) => !readable.has(doctype));
  return { operations, readable, detail: detailOf(operations, unread) };
}
const notes = { doctype: noteDoctype, fields: ["name", "reference_name", "content"] };

function detailOf(operations: readonly string[], unread: readonly string[]): string {
  const refused = Object.keys(needs).filter((operation) => !operations.includes(operation));
  if (refused.length === 0) return "ERPNext, every operation that Nova knows is allowed";
  const known = `ERPNext does not allow this user: ${refused.join(", ")}`;
  if (unread.length === 0) return known;
  return `${known}; not usable: ${unread.join(", ")} (may Nova's user read it, and has it the custom fields ${actionField} and ${stepsField}?)`;
}

/** A field that is missing answers with one error or another, depending on the version: any no is a no. */
async function isReadable(site: Site, doctype: string, fields: readonly string[]): Promise<boolean> {
  try {
    await site.list(doctype, { fields, limit: 1 });
    return true;
  } catch (thrown) {
    if (thrown instanceof ErpFault && (thrown.kind === "rejected" || thrown.kind === "denied")) return false;
    throw thrown;
  }
}

const Permission = z.object({ has_permission: z.union([z.boolean(), z.number()]) });

async function hasRights(site: Site, { doctype, rights }: Need): Promise<boolean> {
  const answers = await Promise.all(
    rights.map(async (right) => {
      const query = { doctype, docname: "", perm_type: right };
      const raw = await site.ask("frappe.client.has_permission", query);
      return Boolean(Permission.parse(raw).has_permission);
    }),
  );
  return answers.every(Boolean);
}
