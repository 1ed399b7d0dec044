// What agents may propose about files that belong to a record of an ERP: references by fingerprint. The file stays where it is.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { recordNumber } from "../record-fields.ts";

export const attachFile = defineEffect({
  name: "attachFile",
  description:
    "Attaches the reference to a file to a record: its name, SHA-256, size, media type and where it lies, all as the person said them.",
  examples: [
    "Attach scan.pdf to BILL-2026-0003: application/pdf, 48211 bytes, SHA-256 9f86…, from the shared drive",
  ],
  input: z.object({
    record: recordNumber(
      z.string().trim().min(1).max(40).describe("number of the record, e.g. BILL-2026-0003"),
    ),
    name: z.string().trim().min(1).max(200).describe("what the file is called, e.g. scan.pdf"),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .describe("SHA-256 of the file, 64 hex digits"),
    bytes: z.int().min(1).max(1_000_000_000_000).describe("size in bytes"),
    mediaType: z
      .string()
      .regex(/^[a-zA-Z]+\/[a-zA-Z0-9.+-]+$/)
      .describe("media type, e.g. application/pdf"),
    from: z.string().trim().min(1).max(500).describe("where the file lies, e.g. a folder or an address"),
  }),
  stakes: "low",
  op: "attachment.add",
  toArgs: ({ record, sha256, mediaType, ...file }) => ({
    ...file,
    record: record.toUpperCase(),
    sha256: sha256.toLowerCase(),
    mediaType: mediaType.toLowerCase(),
  }),
});
