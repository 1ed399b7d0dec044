// What an approval of a step covers: whoever alters the document behind Nova's back, in whatever value that a person read
// before they said yes, has made another effect of it. For every connector, apart from its version tokens.
import { describe, expect, test } from "vitest";
import type { Erp, ErpCommand, Prepared } from "../../src/ports.ts";
import { effectHashOf } from "../../src/proposal.ts";
import { approve } from "./erp-suite.ts";
import type { Act } from "./erp-suite.ts";

export type AlteredSubject<F> = {
  readonly connector: string;
  readonly open: () => Promise<{
    readonly erp: Erp;
    readonly fake: F;
    readonly dispose: () => Promise<void>;
  }>;
  readonly cases: readonly {
    readonly act: Act;
    readonly edits: Readonly<Record<string, (fake: F) => void | Promise<void>>>;
  }[];
};

export function describeAltered<F>({ connector, open, cases }: AlteredSubject<F>): void {
  describe(`A1 A11: what an approval binds on ${connector}`, () => {
    const rows = cases.flatMap(({ act, edits }) =>
      Object.entries(edits).map(([what, edit]) => ({ act, op: act.op, what, edit })),
    );
    test.each(rows)("$op: $what, and it is another effect that is not carried out", async ({ act, edit }) => {
      const { erp, fake, dispose } = await open();
      try {
        const command: ErpCommand = { connector, instance: "main", ...act };
        const ready = await prepared(erp, command);
        const hashNow = async (): Promise<string> => boundTo(await prepared(erp, ready.command));
        expect(await hashNow()).toBe(boundTo(ready));
        await edit(fake);
        expect(await hashNow()).not.toBe(boundTo(ready));
        const options = { actionId: "p-altered", attempt: 1, signal: new AbortController().signal };
        expect(await erp.execute(approve(ready, "p-altered"), ready, options)).toMatchObject({
          kind: "stale",
        });
        expect(await erp.verify(ready, "p-altered")).toBe("absent");
      } finally {
        await dispose();
      }
    });
  });
}

/** By what it says alone: a record's version may be as coarse as a second. */
const boundTo = (ready: Prepared): string => effectHashOf({ ...ready, versionTokens: {} });

async function prepared(erp: Erp, command: ErpCommand): Promise<Prepared> {
  const result = await erp.prepare(command);
  if (result.kind === "refused") throw new Error(`${command.op} was refused: ${result.why}`);
  return result.prepared;
}
