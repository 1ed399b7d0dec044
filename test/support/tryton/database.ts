// A Tryton database of a test's own: a copy of a filled one, served by the run's server under a new name, and a look
// behind the connector's back.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { z } from "zod";
import { createTrytonErp } from "../../../adapters/erp-tryton/index.ts";
import { createTryton } from "../../../adapters/erp-tryton/rpc.ts";
import type { Tryton } from "../../../adapters/erp-tryton/rpc.ts";
import type { Clock, Erp } from "../../../src/ports.ts";
import { password } from "./server.ts";

export type FreshTryton = {
  readonly database: string;
  /** Of its server. */
  readonly url: string;
  /** The connector, for a user of Tryton's and a server before it. */
  readonly open: (as?: {
    readonly user?: string;
    readonly url?: string;
    readonly clock?: Pick<Clock, "now">;
  }) => Erp;
  /** As the administrator, past the connector. */
  readonly behind: Tryton;
  readonly count: (model: string, domain?: readonly unknown[]) => Promise<number>;
  readonly dispose: () => Promise<void>;
};

export const hasTryton = inject("tryton") !== null;
let copies = 0;

export function freshTryton(filled: "company" | "trade"): FreshTryton {
  const given = inject("tryton");
  if (given === null) throw new Error("There is no Tryton here.");
  const { url, folder } = given;
  const database = `t${process.pid}_${(copies += 1)}`;
  const file = (name: string): string => join(folder, "db", `${name}.sqlite`);
  copyFileSync(file(filled), file(database));
  const behind = createTryton({ url, database, user: "admin", password });
  const opened: Erp[] = [];
  return {
    database,
    url,
    behind,
    open: ({ user = "admin", url: elsewhere = url, clock = Date } = {}) => {
      const erp = createTrytonErp({ name: "main", url: elsewhere, database, user, password, clock });
      opened.push(erp);
      return erp;
    },
    count: async (model, domain = []) =>
      z.number().parse(await behind.call(`model.${model}.search_count`, [domain])),
    dispose: async () => {
      for (const erp of opened) await erp.close();
      await behind.close();
    },
  };
}
