// The ERP tools as agents hold them, over the real embedded ERP: a reader is read, an effect is prepared.
import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import type { Effect, Reader } from "../../src/effects.ts";
import { type OpenedErp, openEmbeddedErp, sampleDay } from "../support/embedded-erp.ts";

/** Eight in the morning of the sample's day. */
export const now = Date.parse(`${sampleDay}T08:00:00Z`);
const Page = z.looseObject({
  asOf: z.string(),
  rows: z.array(z.looseObject({ record: z.string(), source: z.string() })),
  total: z.number(),
});

/** One ERP for the tests of a file. */
export function useErpTools() {
  let opened: OpenedErp;
  beforeAll(() => {
    opened = openEmbeddedErp();
  });
  afterAll(async () => opened.dispose());
  return {
    erp: () => opened.erp,
    look: async (reader: Reader, input: unknown) =>
      Page.parse(await reader.read(input, { erp: opened.erp, memory: null, now })),
    prepare: async (effect: Effect, input: unknown) =>
      opened.erp.prepare(effect.toCommand(input, { connector: "embedded", instance: "main" })),
  };
}
