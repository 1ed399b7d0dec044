// One rule of the suite: a sentence, what it needs of a platform, and how it is seen to hold. `conform` runs a set of
// rules over the five surfaces; what a surface lacks is skipped with the reason, which the matrix prints.
import { describe, expect, test } from "vitest";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaOptions, NovaUnderTest } from "../support/start-nova.ts";
import { watchAdapter } from "./surface.ts";
import type { Ability, Surface } from "./surface.ts";
import { surfaceNames } from "./surface-names.ts";
import type { SurfaceName } from "./surface-names.ts";
import { openSurface } from "./surfaces.ts";
import type { Way } from "./surfaces.ts";

export type Stage = {
  readonly surface: Surface;
  readonly start: (options?: Partial<NovaOptions>) => Promise<NovaUnderTest>;
  /** Waits until it can be seen. */
  readonly sees: (wanted: Parameters<typeof sees>[1]) => Promise<readonly string[]>;
  /** Waits until it holds. */
  readonly until: (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>;
  /** Nothing to complain about, but what is allowed by name. */
  readonly keepsRules: (...allowed: readonly string[]) => void;
};
export type Rule = {
  readonly says: string;
  readonly needs?: readonly Ability[];
  readonly way?: Way;
  /** Surfaces on which it means nothing, with the reason. */
  readonly notOn?: Readonly<Partial<Record<SurfaceName, string>>>;
  readonly holds: (stage: Stage) => Promise<void>;
};
/** What a test of the suite plants. */
export type Twist = {
  readonly patienceMs?: number;
  readonly way?: Way;
  readonly open?: (open: Door["open"]) => Door["open"];
};

/** Why the rule means nothing here; null: it must hold. */
function notFor(rule: Rule, surface: Surface, name: SurfaceName): string | null {
  const lacking = (rule.needs ?? []).flatMap((need) => surface.lacks[need] ?? []);
  return rule.notOn?.[name] ?? lacking[0] ?? null;
}

/** Runs one rule on one surface. Returns why it means nothing there, or null when it holds; throws when it does not. */
export async function run(rule: Rule, name: SurfaceName, twist: Twist = {}): Promise<string | null> {
  const surface = await openSurface(name, { ...rule.way, ...twist.way });
  const reason = notFor(rule, surface, name);
  const running: NovaUnderTest[] = [];
  try {
    if (reason === null) await rule.holds(stageOf(surface, running, twist));
  } finally {
    for (const nova of running) await nova.close();
    if (running.length === 0) await surface.close();
  }
  return reason;
}

function stageOf(given: Surface, running: NovaUnderTest[], twist: Twist): Stage {
  const { patienceMs = 25_000 } = twist;
  const open = async (world: Parameters<Door["open"]>[0]) => given.open(world);
  const surface: Surface = twist.open === undefined ? given : { ...given, ...watchAdapter(twist.open(open)) };
  return {
    surface,
    start: async (options = {}) => {
      const nova = await startNova({ doors: [surface], ...options });
      running.push(nova);
      return nova;
    },
    sees: async (wanted) => sees(surface, wanted, patienceMs),
    until: async (what, holds) => {
      const endsAt = Date.now() + patienceMs;
      while (!(await holds())) {
        if (Date.now() > endsAt)
          throw new Error(`${surface.name}: never came: ${what}\n${(await surface.seen()).join("\n---\n")}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    keepsRules: (...allowed) => {
      const complaints = surface
        .complaints()
        .map((one) => JSON.stringify(one))
        .filter((one) => !allowed.some((rule) => one.includes(rule)));
      expect(complaints, complaints.join("\n")).toEqual([]);
    },
  };
}

export function conform(rules: readonly Rule[]): void {
  describe.concurrent.each(surfaceNames)("%s", (name) => {
    for (const rule of rules) {
      test(rule.says, { timeout: 60_000 }, async ({ skip }) => {
        const reason = await run(rule, name);
        if (reason !== null) skip(reason);
      });
    }
  });
}
