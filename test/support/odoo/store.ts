// The fake Odoo's records. One call is one transaction; nothing here compares versions, because Odoo does not.
import type { Model } from "./model.ts";
import { modelOf } from "./models.ts";

export type Row = Record<string, unknown> & { id: number };
export type Vals = Readonly<Record<string, unknown>>;

/** A refusal as Odoo raises it: the class's full name, and the HTTP status that goes with it. */
export class OdooError extends Error {
  readonly excName: string;
  readonly status: number;

  constructor(excName: string, status: number, message: string) {
    super(message);
    this.excName = excName;
    this.status = status;
  }
}
export const userError = (message: string): never => {
  throw new OdooError("odoo.exceptions.UserError", 422, message);
};
export const accessError = (message: string): never => {
  throw new OdooError("odoo.exceptions.AccessError", 403, message);
};
export const num = (row: Vals, field: string): number => {
  const value = row[field];
  return typeof value === "number" ? value : 0;
};
export const text = (row: Vals, field: string): string => {
  const value = row[field];
  return typeof value === "string" ? value : "";
};
export const idsIn = (row: Vals, field: string): readonly number[] => {
  const value: unknown = row[field] ?? [];
  return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
};

export class Store {
  readonly #tables = new Map<string, Map<number, Row>>();
  readonly #denied = new Set<string>();
  readonly #missing = new Set<string>();
  /** False: as if no outstanding account were set up for its journals. */
  booksPayments = true;
  #lastId = 0;
  #seconds = 0;

  deny(model: string, operation: string): void {
    this.#denied.add(`${model}:${operation}`);
  }
  /** As if its app were not installed. */
  uninstall(model: string): void {
    this.#missing.add(model);
  }
  may(model: string, operation: string): boolean {
    return !this.#denied.has(`${model}:${operation}`);
  }
  demand(model: string, operation: string): void {
    if (!this.may(model, operation)) accessError(`You are not allowed to ${operation} '${model}' records.`);
  }
  model(name: string): Model {
    const found = this.#missing.has(name) ? null : modelOf(name);
    if (found === null)
      throw new OdooError("werkzeug.exceptions.NotFound", 404, `the model '${name}' does not exist`);
    return found;
  }
  table(model: string): Map<number, Row> {
    const table = this.#tables.get(model) ?? new Map<number, Row>();
    this.#tables.set(model, table);
    return table;
  }
  all(model: string): readonly Row[] {
    return [...this.table(model).values()];
  }
  get(model: string, id: number): Row {
    const row = this.table(model).get(id);
    if (row !== undefined) return row;
    throw new OdooError("odoo.exceptions.MissingError", 404, "Record does not exist or has been deleted.");
  }
  findBy(model: string, field: string, value: unknown): Row {
    const row = this.all(model).find((one) => one[field] === value);
    if (row === undefined) throw new Error(`the sample has no ${model} with ${field} ${String(value)}`);
    return row;
  }
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#tables].filter(([, { size }]) => size > 0).map(([model, { size }]) => [model, size]),
    );
  }

  transact<T>(work: () => T, keep: boolean): T {
    const tables = structuredClone([...this.#tables]);
    const restore = (): void => {
      this.#tables.clear();
      for (const [model, table] of tables) this.#tables.set(model, table);
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

  /** To the second: that is all that Odoo tells of it. */
  touch(row: Row): void {
    this.#seconds += 1;
    row["write_date"] = new Date(Date.UTC(2026, 2, 16, 8, 0, this.#seconds))
      .toISOString()
      .slice(0, 19)
      .replace("T", " ");
  }

  insert(model: string, vals: Vals): Row {
    const { fields, required = [], links = {} } = this.model(model);
    for (const field of Object.keys(vals)) this.demandField(model, field, fields);
    const missing = required.find((field) => (vals[field] ?? false) === false || vals[field] === "");
    if (missing !== undefined)
      throw new OdooError(
        "odoo.exceptions.ValidationError",
        422,
        `Missing required value for the field '${missing}'`,
      );
    for (const [field, target] of Object.entries(links)) {
      const id = vals[field];
      if (typeof id === "number" && !this.table(target).has(id))
        throw new OdooError("odoo.exceptions.ValidationError", 422, `No record ${id} of ${target}`);
    }
    this.#lastId += 1;
    const row: Row = { ...vals, id: this.#lastId };
    this.touch(row);
    this.table(model).set(row.id, row);
    return row;
  }

  demandField(model: string, field: string, fields: readonly string[]): void {
    if (!fields.includes(field))
      throw new OdooError("builtins.ValueError", 500, `Invalid field '${field}' on model '${model}'`);
  }
}
