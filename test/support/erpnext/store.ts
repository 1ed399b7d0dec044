// The fake ERPNext's documents: inserting, saving and submitting them by Frappe's rules, in the order in which Frappe
// checks. One request is one transaction; what fails in the middle leaves nothing.
import { type Doc, type Fields, FrappeError, fail, rowsOf, text } from "./doc.ts";
import { type Meta, metaOf } from "./meta.ts";

export type Hooks = {
  readonly validate: (store: Store, doc: Doc) => void;
  readonly submit: (store: Store, doc: Doc) => void;
  readonly cancel: (store: Store, doc: Doc) => void;
};
type Right = "read" | "create" | "write" | "submit" | "cancel";

export class Store {
  readonly #tables = new Map<string, Map<string, Doc>>();
  readonly #counters = new Map<string, number>();
  readonly #denied = new Set<string>();
  readonly #missing = new Set<string>();
  readonly #hooks: (doctype: string) => Partial<Hooks>;
  #ticks = 0;

  constructor(hooks: (doctype: string) => Partial<Hooks>) {
    this.#hooks = hooks;
  }

  deny(doctype: string, right: Right): void {
    this.#denied.add(`${doctype}:${right}`);
  }
  /** As if the owner had not made this custom field. */
  dropField(doctype: string, field: string): void {
    this.#missing.add(`${doctype}:${field}`);
  }
  may(doctype: string, right: string): boolean {
    return !this.#denied.has(`${doctype}:${right}`);
  }
  demand(doctype: string, right: Right): void {
    if (!this.may(doctype, right)) fail(`No permission for ${doctype}`, "PermissionError");
  }
  hasField(doctype: string, field: string): boolean {
    return this.#meta(doctype).fields.includes(field) && !this.#missing.has(`${doctype}:${field}`);
  }
  #meta(doctype: string): Meta {
    return metaOf(doctype) ?? fail(`DocType ${doctype} not found`, "DoesNotExistError");
  }
  table(doctype: string): Map<string, Doc> {
    this.#meta(doctype);
    const table = this.#tables.get(doctype) ?? new Map<string, Doc>();
    this.#tables.set(doctype, table);
    return table;
  }
  find(doctype: string, name: string): Doc | null {
    // MariaDB compares names without regard to case.
    const wanted = name.toLowerCase();
    return [...this.table(doctype).values()].find((doc) => doc.name.toLowerCase() === wanted) ?? null;
  }
  get(doctype: string, name: string): Doc {
    return this.find(doctype, name) ?? fail(`${doctype} ${name} not found`, "DoesNotExistError");
  }
  all(doctype: string): readonly Doc[] {
    return [...this.table(doctype).values()];
  }
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#tables].map(([doctype, table]) => [doctype, table.size]));
  }

  /** Runs it as one transaction; `keep` false rolls back although it went well, as a GET does. */
  transact<T>(work: () => T, keep: boolean): T {
    const tables = structuredClone([...this.#tables]);
    const counters = [...this.#counters];
    const restore = (): void => {
      this.#tables.clear();
      for (const [doctype, table] of tables) this.#tables.set(doctype, table);
      this.#counters.clear();
      for (const [series, count] of counters) this.#counters.set(series, count);
    };
    try {
      const result = structuredClone(work());
      if (!keep) restore();
      return result;
    } catch (thrown) {
      restore();
      throw thrown;
    }
  }

  /** Microseconds that only move forward: every save has a time of its own. */
  touch(doc: Doc): void {
    this.#ticks += 1;
    doc.modified = `2026-03-16 08:00:00.${String(this.#ticks).padStart(6, "0")}`;
  }

  /** A name that the client gave is dropped (v1): numbers come from the series. */
  insert(doctype: string, data: Fields): Doc {
    this.demand(doctype, "create");
    const { name: _name, ...given } = data;
    const asked = given["docstatus"] ?? 0;
    // A box that nobody ticked is not ticked: a Check field is 0 from birth.
    const boxes = this.#meta(doctype).fields.includes("disabled") ? { disabled: 0 } : {};
    const doc: Doc = {
      ...boxes,
      ...given,
      doctype,
      name: "",
      docstatus: 0,
      modified: "",
      creation: "2026-03-16 08:00:00",
    };
    if (asked !== 0 && asked !== 1)
      fail("Cannot change docstatus from 0 (Draft) to 2 (Cancelled)", "DocstatusTransitionError");
    if (asked === 1) this.demand(doctype, "submit");
    if (asked === 1 && this.#meta(doctype).isSubmittable !== true) fail(`${doctype} is not submittable`);
    this.#validate(doc);
    doc.name = this.#nameOf(doc);
    this.#demandUnique(doc);
    this.touch(doc);
    this.table(doctype).set(doc.name, doc);
    if (asked === 1) this.#submit(doc);
    return doc;
  }

  /** `doc.update(data); doc.save()`: without `modified` in the data the last writer wins. */
  save(doctype: string, name: string, data: Fields): Doc {
    const doc = this.get(doctype, name);
    const asked = "docstatus" in data ? data["docstatus"] : doc.docstatus;
    if ("modified" in data && data["modified"] !== doc.modified)
      throw new FrappeError("TimestampMismatchError", "Document has been modified after you have opened it");
    const next: Doc = {
      ...doc,
      ...data,
      doctype,
      name: doc.name,
      docstatus: doc.docstatus,
      modified: doc.modified,
    };
    const action = this.#transition(doc, asked);
    this.demand(doctype, action === "save" ? "write" : action === "update" ? "submit" : action);
    if (
      action === "update" &&
      Object.keys(data).some((field) => field !== "modified" && field !== "docstatus")
    )
      fail("Not allowed to change fields after submission", "UpdateAfterSubmitError");
    if (action !== "cancel") this.#validate(next);
    this.#demandUnique(next);
    this.touch(next);
    this.table(doctype).set(next.name, next);
    if (action === "submit") this.#submit(next);
    if (action === "cancel") {
      next.docstatus = 2;
      this.#hooks(doctype).cancel?.(this, next);
    }
    return next;
  }

  #transition(doc: Doc, to: unknown): "save" | "submit" | "update" | "cancel" {
    const from = doc.docstatus;
    if (from === 2) return fail("Cannot edit cancelled document");
    if (to === 0 && from === 0) return "save";
    if (to === 1 && from === 0) return "submit";
    if (to === 1) return "update";
    if (to === 2 && from === 1) return "cancel";
    const words = ["Draft", "Submitted", "Cancelled"];
    return fail(
      `Cannot change docstatus from ${from} (${words[from] ?? "?"}) to ${String(to)}`,
      "DocstatusTransitionError",
    );
  }

  #submit(doc: Doc): void {
    doc.docstatus = 1;
    this.#hooks(doc.doctype).submit?.(this, doc);
  }

  #validate(doc: Doc): void {
    const meta = this.#meta(doc.doctype);
    this.#hooks(doc.doctype).validate?.(this, doc);
    this.#demandFields(doc, doc.doctype, meta);
    for (const [field, table] of Object.entries(meta.tables ?? {})) {
      const rows = rowsOf(doc, field);
      if (rows.length === 0) fail(`Data missing in table: ${field}`, "MandatoryError");
      for (const row of rows) this.#demandFields(row, `${doc.doctype} row`, table);
    }
  }
  #demandFields(
    fields: Fields,
    what: string,
    { mandatory = [], links = {} }: Pick<Meta, "mandatory" | "links">,
  ): void {
    const missing = mandatory.filter((field) => (fields[field] ?? "") === "");
    if (missing.length > 0) fail(`[${what}]: ${missing.join(", ")}`, "MandatoryError");
    for (const [field, target] of Object.entries(links)) {
      const value = text(fields, field);
      if (value !== "" && this.find(target, value) === null)
        fail(`Could not find ${target}: ${value}`, "LinkValidationError");
    }
  }
  #demandUnique(doc: Doc): void {
    const action = text(doc, "custom_nova_action");
    if (action === "" || !this.hasField(doc.doctype, "custom_nova_action")) return;
    const other = this.all(doc.doctype).find(
      (one) => one["custom_nova_action"] === action && one.name !== doc.name,
    );
    if (other !== undefined)
      fail(`${doc.doctype}: custom_nova_action ${action} must be unique`, "UniqueValidationError");
  }
  #nameOf(doc: Doc): string {
    const { series, namedBy } = this.#meta(doc.doctype);
    if (series === undefined) return this.#freeName(doc, text(doc, namedBy ?? ""));
    const prefix = series.replace(".YYYY.", "2026");
    const count = (this.#counters.get(prefix) ?? 0) + 1;
    this.#counters.set(prefix, count);
    return `${prefix}${String(count).padStart(5, "0")}`;
  }
  /** A second customer of the same name is taken, as "Name - 1"; anything else is a duplicate. */
  #freeName(doc: Doc, wanted: string): string {
    if (this.find(doc.doctype, wanted) === null) return wanted;
    if (doc.doctype !== "Customer")
      return fail(`Duplicate name ${doc.doctype} ${wanted}`, "DuplicateEntryError");
    const count = this.all("Customer").filter(({ name }) => name.startsWith(`${wanted} - `)).length;
    return `${wanted} - ${count + 1}`;
  }
}
