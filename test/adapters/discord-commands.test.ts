// What Nova registers with Discord: every verb within Discord's limits and in every language, written only when it changed.
import { REST } from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { registerCommands, toCommands } from "../../adapters/discord/commands.ts";
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import { verbSpecs } from "../../src/verbs.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import type { FakeDiscord } from "../support/discord/index.ts";

let fake: FakeDiscord | null = null;
afterEach(async () => {
  const broken = fake?.violations ?? [];
  await fake?.close();
  fake = null;
  expect(broken).toEqual([]);
});

async function open() {
  fake = await createFakeDiscord();
  const rest = new REST({ api: fake.apiUrl, retries: 0 }).setToken(fake.token);
  const name = `PUT /applications/${ids.application}/commands`;
  const { log } = fake;
  const puts = (): number => log.filter((entry) => entry.kind === "request" && entry.name === name).length;
  return {
    fake,
    puts,
    register: async (verbs = verbSpecs) => registerCommands(rest, ids.application, verbs),
  };
}

type Part = {
  readonly name: string;
  readonly description: string;
  readonly name_localizations: Readonly<Record<string, string>>;
  readonly description_localizations: Readonly<Record<string, string>>;
  readonly options: readonly Part[];
};
const words = z.record(z.string(), z.string()).default({});
const Part: z.ZodType<Part> = z.lazy(() =>
  z.object({
    name: z.string(),
    description: z.string().default(""),
    name_localizations: words,
    description_localizations: words,
    options: z.array(Part).default([]),
  }),
);
const [slash, ...menus] = z.array(Part).min(4).parse(toCommands(verbSpecs));
const subcommands = slash?.options ?? [];
const fields = subcommands.flatMap(({ options }) => options);

const longest = (text: string, others: Readonly<Record<string, string>>): number =>
  Math.max(text.length, ...Object.values(others).map(({ length }) => length));
/** The longest translation of every name and description counts, at every depth. */
const sizeOf = (part: Part): number =>
  longest(part.name, part.name_localizations) +
  longest(part.description, part.description_localizations) +
  part.options.reduce((sum, option) => sum + sizeOf(option), 0);

describe("what is registered", () => {
  test("is taken by Discord as it is, once, also after a restart and whatever Discord adds", async () => {
    const { fake: discord, puts, register } = await open();
    await register();
    await register();
    expect(puts()).toBe(1);
    expect(discord.commands.map(({ name, type }) => [name, type])).toEqual([
      ["nova", 1],
      ...shortcuts.map(({ label }) => [label, 3]),
    ]);
  });

  test("is written again when a word of a translation or an option changed", async () => {
    const { puts, register } = await open();
    await register();
    await register(verbSpecs.map((verb) => (verb.name === "why" ? { ...verb, summary: "Why so" } : verb)));
    expect(puts()).toBe(2);
    const needed = [{ name: "run", about: "Which run", isRequired: true, suggests: "runs" as const }];
    await register(verbSpecs.map((verb) => (verb.name === "stop" ? { ...verb, options: needed } : verb)));
    expect(puts()).toBe(3);
  });

  test("stays within 25 verbs, 25 fields, 100 characters and 8,000 in all", () => {
    expect(subcommands.length).toBeGreaterThan(15);
    expect(subcommands.length).toBeLessThanOrEqual(25);
    expect(subcommands.every(({ options }) => options.length <= 25)).toBe(true);
    expect(slash === undefined ? 0 : sizeOf(slash)).toBeLessThanOrEqual(8_000);
    const texts = [...subcommands, ...fields].flatMap(
      ({ description, description_localizations: others }) => [description, ...Object.values(others)],
    );
    expect(texts.filter(({ length }) => length === 0 || length > 100)).toEqual([]);
  });

  test("holds no decision: approving and rejecting are buttons", () => {
    expect(subcommands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["approve"]));
    expect(subcommands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(["reject"]));
  });

  test.each(["de", "fr"] as const)(
    "has a name and a description in %s for every verb, field and menu",
    (locale) => {
      const bare = [...subcommands, ...fields].filter(
        (part) =>
          part.name_localizations[locale] === undefined ||
          part.description_localizations[locale] === undefined,
      );
      expect(bare.map(({ name }) => name)).toEqual([]);
      expect(menus.filter((menu) => menu.name_localizations[locale] === undefined)).toEqual([]);
    },
  );
});
