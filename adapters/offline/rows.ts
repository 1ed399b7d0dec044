// Results of readers as lines a person can read. Figures stay as they came; only times are shown as days.
import type { Json, JsonObject } from "../../src/ports.ts";
import { isList, isObject, plain } from "./scene.ts";
import { spoken } from "./words.ts";

/** Objects in a result, at whatever depth they are listed; a result without a list is one row itself. */
export function rowsOf(value: Json): readonly JsonObject[] {
  if (isList(value)) return value.flatMap(rowsOf);
  if (!isObject(value)) return [];
  if (isList(value["rows"])) return value["rows"].filter(isObject);
  const lists = Object.values(value).filter((inner) => isList(inner) && inner.some(isObject));
  if (isRecord(value)) return [value];
  const inner = Object.values(value).filter(isObject);
  return lists.length > 0 ? lists.flatMap(rowsOf) : inner.length > 0 ? inner.flatMap(rowsOf) : [];
}

const heads = ["number", "name", "title", "record", "id"] as const;
const isRecord = (value: JsonObject): boolean => heads.some((head) => typeof value[head] === "string");

const hidden = new Set(["record", "id", "asOf", "rev", "version", "versionToken"]);
const times = new Set(["at", "createdAt", "updatedAt"]);

export function lineOf(row: JsonObject): string {
  const text = row["text"];
  if (typeof text === "string") return `${text}${sourceOf(row)}`;
  const [head, key] = headOf(row);
  const name = row["name"];
  const title = key !== "name" && typeof name === "string" ? `${head} ${name}` : head;
  const details = Object.entries(row).flatMap(([field, value]) =>
    field === key || field === "name" || hidden.has(field) || (field === "source" && value === row["record"])
      ? []
      : detailOf(field, value),
  );
  const record = row["record"];
  const mark = typeof record === "string" && !title.includes(record) ? ` (${record})` : "";
  return `**${title}**${mark}${details.length === 0 ? "" : `: ${details.join(", ")}`}`;
}

function headOf(row: JsonObject): readonly [string, string] {
  for (const key of heads) {
    const value = row[key];
    if (typeof value === "string" && value !== "") return [value, key];
  }
  const [key, value] = Object.entries(row).find(([, value]) => typeof value === "string") ?? ["", "Result"];
  return [plain(value), key];
}

function detailOf(field: string, value: Json): readonly string[] {
  if (value === null || value === "" || value === false) return [];
  if (value === true) return [spoken(field)];
  if (isList(value)) {
    const parts = value.map((part) => (isObject(part) ? joined(part) : plain(part)));
    return parts.length === 0 ? [] : [`${spoken(field)}: ${parts.join("; ")}`];
  }
  if (isObject(value)) return [`${spoken(field)}: ${joined(value)}`];
  return [`${spoken(field)} ${times.has(field) ? dayOf(value) : plain(value)}`];
}

const joined = (value: JsonObject): string => Object.values(value).filter(isPlain).map(plain).join(" ");
const isPlain = (value: Json): boolean =>
  (typeof value === "string" && value !== "") || typeof value === "number";
const dayOf = (at: Json): string =>
  typeof at === "number" ? new Date(at).toISOString().slice(0, 10) : plain(at);

/** Where it comes from, how old it is, and how sure. */
function sourceOf(row: JsonObject): string {
  const { source, at, label } = row;
  const parts = [
    typeof source === "string" && source !== "" ? source : null,
    typeof at === "number" || typeof at === "string" ? dayOf(at) : null,
    typeof label === "string" && label !== "current" ? label : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
