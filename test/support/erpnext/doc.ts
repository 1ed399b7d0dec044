// Documents of the fake ERPNext: fields by name, rows of child tables among them, and what it throws when it says no.

export type Fields = Record<string, unknown>;
export type Doc = Fields & { doctype: string; name: string; docstatus: number; modified: string };

/** A refusal as Frappe raises it: the class names the kind, the class decides the HTTP status. */
export class FrappeError extends Error {
  readonly excType: string;
  readonly status: number;

  constructor(excType: string, message: string) {
    super(message);
    this.excType = excType;
    this.status = statuses[excType] ?? 417;
  }
}
const statuses: Readonly<Record<string, number>> = {
  AuthenticationError: 401,
  PermissionError: 403,
  DoesNotExistError: 404,
  DuplicateEntryError: 409,
  TypeError: 500,
};

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The rows themselves, not copies: what is set on one stays. */
export const rowsOf = (doc: Fields, field: string): readonly Fields[] => {
  const value = doc[field] ?? [];
  if (Array.isArray(value) && value.every((row) => isFields(row))) return value;
  throw new FrappeError("ValidationError", `${field} is no table`);
};
export const text = (doc: Fields, field: string): string => {
  const value = doc[field];
  return typeof value === "string" ? value : "";
};
export const num = (doc: Fields, field: string): number => {
  const value = doc[field];
  return typeof value === "number" ? value : 0;
};
/** As Frappe's `flt(value, 2)`. */
export const money = (value: number): number => Math.round(value * 100 + 1e-9) / 100;
export const fail = (message: string, excType = "ValidationError"): never => {
  throw new FrappeError(excType, message);
};
