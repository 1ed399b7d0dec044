// Canonical JSON (RFC 8785) and the hashes that bind an approval to exactly one effect.
// Refuses what two readers could read differently: non-finite numbers, lone surrogates, functions, undefined.
import { hash } from "node:crypto";

/** Same value, same text: keys sorted by UTF-16 units, no white space. Throws TypeError on what JSON can't carry. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  if (typeof value === "object") return canonicalObject(value);
  throw new TypeError(`A ${typeof value} has no canonical form.`);
}

/** SHA-256 over the canonical form, as 64 hex digits. */
export function canonicalHash(value: unknown): string {
  return hash("sha256", canonicalJson(value), "hex");
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError("A number that is not finite has no canonical form.");
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError("A string with a lone surrogate has no canonical form.");
  return JSON.stringify(value);
}

function canonicalObject(value: object): string {
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${canonicalString(key)}:${canonicalJson(item)}`).join(",")}}`;
}
