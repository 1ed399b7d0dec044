// What files are called where people and models read it: a name is its sender's text, so only harmless characters of it stay.
import type { Body, FileRef } from "../body.ts";

const longest = 80;

export function toFileName({ name }: Pick<FileRef, "name">): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}\p{M} ._()+-]/gu, "_").trim();
  if (plain === "") return "file";
  return plain.length > longest ? `${plain.slice(0, longest - 10)}…${plain.slice(-9)}` : plain;
}

const listOf = (files: readonly FileRef[]): string => files.map(toFileName).join(", ");

/** Nothing but files. */
export const isWordless = (body: Body): boolean =>
  body.kind === "text" && body.text.trim() === "" && (body.files ?? []).length > 0;

/** The person's words; a message that is nothing but files is spoken of by their names. */
export function wordsIn(body: Body): string {
  if (body.kind === "command") return body.rest;
  if (body.kind !== "text") return "";
  const files = body.files ?? [];
  return body.text.trim() === "" && files.length > 0 ? `Attached: ${listOf(files)}` : body.text;
}

/** As the thread's history keeps it: what was said, and that files came with it. */
export function askedIn(body: Body): string {
  if (body.kind === "command") return `/${body.verb} ${body.rest}`;
  if (body.kind !== "text") return "";
  const files = body.files ?? [];
  return files.length === 0 ? body.text : `${body.text}\n(attached: ${listOf(files)})`.trim();
}
