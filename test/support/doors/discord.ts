// The door of Discord: the real discord.js against the strict fake.
import { createDiscord } from "../../../adapters/discord/index.ts";
import { verbSpecs } from "../../../src/verbs.ts";
import { createFakeDiscord, ids } from "../discord/index.ts";
import type { FakeDiscord, FakeMessage } from "../discord/index.ts";
import type { Settings } from "../discord/settings.ts";
import { fieldsOf } from "../discord/fields.ts";
import { opensDialog } from "./door.ts";
import type { Door, Who } from "./door.ts";

const accounts: Readonly<Record<Who, string>> = { kit: ids.kit, maya: ids.maya, stranger: ids.stranger };
export type DiscordDoor = Door & { readonly fake: FakeDiscord };

/** `through`: another address of the same platform, e.g. of a proxy before it. */
export async function discordDoor(
  settings: Partial<Settings> = {},
  through: (apiUrl: string) => string = (apiUrl) => apiUrl,
): Promise<DiscordDoor> {
  const fake = await createFakeDiscord(settings);
  const labelsOf = (message: FakeMessage): readonly string[] =>
    message.components.flatMap((row) =>
      row.components.flatMap((part) =>
        "label" in part && typeof part.label === "string" ? [part.label] : [],
      ),
    );
  const newestWith = (label: string): FakeMessage => {
    const found = fake.said(ids.parts).findLast((message) => labelsOf(message).includes(label));
    if (found === undefined) throw new Error(`no button "${label}" in Discord`);
    return found;
  };
  return {
    name: "discord",
    fake,
    kit: `discord:${ids.kit}`,
    maya: `discord:${ids.maya}`,
    channel: `discord:${ids.parts}`,
    open: async ({ clock }) =>
      createDiscord({
        token: fake.token,
        apiUrl: through(fake.apiUrl),
        postsPerSecond: 1_000,
        verbs: verbSpecs,
        clock,
        onTrouble: () => undefined,
      }),
    says: async (text, who = "kit") => void fake.as(accounts[who]).say(ids.parts, text),
    verb: async (verb, rest = "", who = "kit") =>
      void fake.as(accounts[who]).slash({
        channelId: ids.parts,
        name: "nova",
        verb,
        ...fieldsOf(verb, rest),
      }),
    seen: async () => [
      ...fake.said(ids.parts).map(wordsOf),
      ...Object.values(accounts).flatMap((user) => fake.whispered(user).map(wordsOf)),
    ],
    press: async (label, { who = "kit", words, twice = false, fields } = {}) => {
      const person = fake.as(accounts[who]);
      const target = newestWith(label);
      const pressed = person.click(target.id, label);
      if (twice) person.click(target.id, label);
      if (!opensDialog(label)) return;
      await fake.until(() => pressed.modal ?? undefined);
      const input = pressed.modal?.inputs[0]?.customId ?? "";
      const typed: Record<string, string> = fields === undefined ? { [input]: words ?? "" } : {};
      for (const [name, value] of Object.entries(fields ?? {})) typed[`field.${name}`] = value;
      person.modal(pressed, typed);
    },
    hold: async (label) => {
      const target = newestWith(label);
      const parts = target.components.flatMap((row) => row.components);
      const button = parts.find((part) => "label" in part && part.label === label);
      if (button === undefined || !("custom_id" in button))
        throw new Error(`no button "${label}" in Discord`);
      return async (who = "kit") => void fake.as(accounts[who]).forgeClick(target.id, button.custom_id);
    },
    complaints: () => fake.check(),
    close: async () => fake.close(),
  };
}

const wordsOf = ({ content, embeds }: FakeMessage): string =>
  `${content}\n${embeds.map((embed) => [embed.title, embed.description, embed.footer?.text].join("\n")).join("\n")}`;
