// Where Nova's stamps are in ERPNext. Two custom fields, which the owner adds: one, unique, on what Nova creates, so that
// the database itself refuses a second one; one that collects the steps Nova took on a document, each in its transaction.
import { z } from "zod";
import type { Stamped } from "../../src/remote-erp/connector.ts";
import { byWords, stampIn, stampPrefix, stampText } from "../../src/remote-erp/stamp.ts";
import type { Stamp } from "../../src/remote-erp/stamp.ts";
import type { Desk } from "./desk.ts";

/** Custom field, Data, unique, no copy. */
export const actionField = "custom_nova_action";
/** Custom field, Small Text, no copy. */
export const stepsField = "custom_nova_steps";

type Place = {
  readonly doctype: string;
  readonly hasSteps: boolean;
  /** Nova only ever makes it submitted: a draft of it is half a deed. */
  readonly isSubmitted: boolean;
};
export const places: readonly Place[] = [
  { doctype: "Sales Order", hasSteps: true, isSubmitted: false },
  { doctype: "Customer", hasSteps: true, isSubmitted: false },
  { doctype: "Delivery Note", hasSteps: false, isSubmitted: true },
  { doctype: "Sales Invoice", hasSteps: false, isSubmitted: true },
  { doctype: "Payment Entry", hasSteps: false, isSubmitted: true },
  { doctype: "Stock Entry", hasSteps: false, isSubmitted: true },
];
export const noteDoctype = "Comment";

export const fieldsOf = ({ hasSteps }: Place): readonly string[] => [
  "name",
  "docstatus",
  actionField,
  ...(hasSteps ? [stepsField] : []),
];

const Row = z.looseObject({ name: z.string(), docstatus: z.int() });
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** `readable`: the doctypes that Nova's user may read; what it can't read it can't have written. */
export async function findStamps(
  { site }: Desk,
  actionId: string,
  readable: ReadonlySet<string>,
): Promise<readonly Stamped[]> {
  const prefix = stampPrefix(actionId);
  const searches = places
    .filter(({ doctype }) => readable.has(doctype))
    .flatMap((place) => [
      { place, field: actionField, pattern: `${prefix}%` },
      ...(place.hasSteps ? [{ place, field: stepsField, pattern: `%${prefix}%` }] : []),
    ]);
  const found = searches.map(async ({ place, field, pattern }) => {
    const rows = await site.list(place.doctype, {
      fields: ["name", "docstatus", field],
      filters: [[field, "like", pattern]],
    });
    return rows.flatMap((row) => toStamped(row, place, { field, actionId }));
  });
  const notes = readable.has(noteDoctype) ? findNotes(site, actionId) : [];
  return (await Promise.all([...found, notes])).flat();
}

function toStamped(
  raw: unknown,
  place: Place,
  { field, actionId }: { field: string; actionId: string },
): readonly Stamped[] {
  const row = Row.parse(raw);
  const stamp = stampIn(Text.parse(row[field]), actionId);
  if (stamp === null) return [];
  return [{ record: row.name, stamp, isWhole: !place.isSubmitted || row.docstatus !== 0 }];
}

const Note = z.object({ reference_name: z.string(), content: z.string() });

async function findNotes(site: Desk["site"], actionId: string): Promise<readonly Stamped[]> {
  const rows = await site.list(noteDoctype, {
    fields: ["reference_name", "content"],
    filters: [["content", "like", `%${stampPrefix(actionId)}%`]],
  });
  return rows.flatMap((raw) => {
    const { reference_name: record, content } = Note.parse(raw);
    const stamp = stampIn(content.replaceAll(/<[^>]*>/gu, " "), actionId);
    return stamp === null ? [] : [{ record, stamp, isWhole: true }];
  });
}

/** The name of the document that was created under this stamp. */
export async function findCreated({ site }: Desk, doctype: string, stamp: Stamp): Promise<string | null> {
  const filters = [[actionField, "=", stampText(stamp)]] as const;
  const [row] = await site.list(doctype, { fields: ["name", "docstatus"], filters, limit: 1 });
  return row === undefined ? null : Row.parse(row).name;
}

/** The steps of a document with one more, and who approved it; a document that never had any has null there. */
export const stepsWith = (steps: string | null | undefined, stamp: Stamp): string =>
  `${steps ?? ""} ${stampText(stamp)}${byWords(stamp)}`.trim();

/** On a new document the stamp stands in a field that the database keeps unique; who approved it stands beside. */
export const bornBy = (stamp: Stamp): Readonly<Record<string, string>> =>
  stamp.by === undefined || stamp.by === "" ? {} : { [stepsField]: `created as approved${byWords(stamp)}` };
