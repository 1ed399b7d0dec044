// The fake Discord's rules for commands, fields and dialogs, shown with bare requests: what Discord refuses is refused
// with its own codes, and what its client would not let a person do can't be done.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createFakeDiscord, ids, type FakeDiscord } from "./discord/index.ts";

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await createFakeDiscord();
});
afterEach(async () => {
  const broken = fake.violations;
  await fake.close();
  expect(broken).toEqual([]);
});

const commands = `/applications/${ids.application}/commands`;
const Answer = z.object({ status: z.number(), text: z.string() });
type Answer = z.infer<typeof Answer>;
const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const response = await fetch(`${fake.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${fake.token}`,
      "user-agent": "DiscordBot (self-test, 1)",
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

const field = (name: string, more: object = {}) => ({ type: 3, name, description: "A field", ...more });
const nova = (options: readonly object[], more: object = {}) => ({
  name: "nova",
  description: "Ask",
  options: [{ type: 1, name: "ask", description: "Ask", options }],
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => field(`f${n}`));

describe("commands", () => {
  test.each<readonly [string, readonly object[], string]>([
    ["capitals", [nova([], { name: "Nova" })], "STRING_TYPE_REGEX"],
    ["a capital in a translation", [nova([], { name_localizations: { de: "Frage" } })], "STRING_TYPE_REGEX"],
    ["a language that Discord has not", [nova([], { name_localizations: { xx: "x" } })], "ENUM_TYPE_COERCE"],
    ["26 fields", [nova(many(26))], "BASE_TYPE_MAX_LENGTH"],
    ["a description of 101 characters", [nova([], { description: "x".repeat(101) })], "BASE_TYPE_BAD_LENGTH"],
    ["a description in a menu", [{ name: "Ask", type: 3, description: "x" }], "BASE_TYPE_BAD_LENGTH"],
    ["a menu of 33 characters", [{ name: "x".repeat(33), type: 3 }], "STRING_TYPE_REGEX"],
    ["one name twice", [nova([field("a"), field("a")])], "APPLICATION_COMMANDS_DUPLICATE_NAME"],
    [
      "one translated name twice",
      [
        nova([
          field("a", { name_localizations: { de: "x" } }),
          field("b", { name_localizations: { de: "x" } }),
        ]),
      ],
      "APPLICATION_COMMANDS_DUPLICATE_NAME",
    ],
    [
      "a needed field behind one that is not",
      [nova([field("a"), field("b", { required: true })])],
      "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ],
    [
      "choices beside completion",
      [nova([field("a", { autocomplete: true, choices: [{ name: "x", value: "x" }] })])],
      "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ],
    ["16 menus", Array.from({ length: 16 }, (_, n) => ({ name: `Menu ${n}`, type: 3 })), "30032"],
  ])("are refused for %s", async (_what, body, code) => {
    const answer = await call("PUT", commands, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(code);
    expect(fake.commands).toEqual([]);
  });

  test("count the longest translation toward 8,000 characters", async () => {
    const long = (n: number) => ({
      type: 1,
      name: `v${n}`,
      description: "x".repeat(100),
      options: Array.from({ length: 3 }, (_, at) =>
        field(`f${at}`, { description: "short", description_localizations: { de: "y".repeat(100) } }),
      ),
    });
    const withVerbs = (count: number) => [
      { name: "nova", description: "Ask", options: Array.from({ length: count }, (_, n) => long(n)) },
    ];
    expect((await call("PUT", commands, withVerbs(19))).status).toBe(200);
    expect((await call("PUT", commands, withVerbs(20))).text).toContain("APPLICATION_COMMAND_TOO_LARGE");
  });

  test("are handed back without translations unless these are asked for", async () => {
    await call("PUT", commands, [nova([], { name_localizations: { de: "nova-de" } })]);
    expect((await call("GET", commands)).text).not.toContain("nova-de");
    expect((await call("GET", `${commands}?with_localizations=true`)).text).toContain("nova-de");
  });
});

describe("what a person does with them", () => {
  const register = async (): Promise<void> => {
    const needed = field("text", { required: true, autocomplete: true });
    await call("PUT", commands, [nova([needed]), { name: "Ask Nova", type: 3 }]);
  };
  const answer = async (i: { id: string; token: string }, body: unknown): Promise<Answer> =>
    call("POST", `/interactions/${i.id}/${i.token}/callback`, body);
  const kit = () => fake.as(ids.kit);
  const typing = { channelId: ids.parts, verb: "ask", field: "text", text: "a" };
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));

  test("completing takes at most 25 choices, and nothing else", async () => {
    await register();
    const typed = kit().types(typing);
    expect((await answer(typed, { type: 4, data: { content: "x" } })).text).toContain("50035");
    expect((await answer(typed, { type: 8, data: { choices: choices(26) } })).text).toContain("50035");
    expect((await answer(typed, { type: 8, data: { choices: choices(25) } })).status).toBe(204);
    expect(typed.choices).toHaveLength(25);
    expect(() => kit().types({ ...typing, field: "other" })).toThrow("completes nothing");
  });

  test("a command is not sent without what it needs, and no menu is used that is not there", async () => {
    await register();
    expect(() => kit().slash({ channelId: ids.parts, name: "nova", verb: "ask" })).toThrow("needs text");
    const said = fake.as(ids.maya).say(ids.parts, "hello");
    expect(() => kit().menu(said.id, "Forget this")).toThrow("No message menu");
    expect((await answer(kit().menu(said.id, "Ask Nova"), { type: 6 })).text).toContain("50035");
  });

  const dialog = (components: readonly object[]) => ({
    type: 9,
    data: { custom_id: "m", title: "Form", components },
  });
  const label = (name: string, component: object) => ({ type: 18, label: name, component });
  const text = (id: string, more: object = {}) => ({ type: 4, custom_id: id, style: 1, ...more });
  const select = (count: number) => ({
    type: 3,
    custom_id: "size",
    options: Array.from({ length: count }, (_, n) => ({ label: `l${n}`, value: `v${n}` })),
  });

  test.each<readonly [string, readonly object[]]>([
    ["six fields", ["a", "b", "c", "d", "e", "f"].map((id) => label(id, text(id)))],
    ["one id twice", [label("a", text("a")), label("b", text("a"))]],
    ["a select of 26", [label("Size", select(26))]],
    ["a text of more than 4,000", [label("a", text("a", { max_length: 4_001 }))]],
    ["a label of 46 characters", [label("x".repeat(46), text("a"))]],
    ["a label on the input too", [label("a", text("a", { label: "a" }))]],
  ])("a dialog is refused for %s", async (_what, components) => {
    await register();
    const asked = kit().slash({ channelId: ids.parts, name: "nova", verb: "ask", options: { text: "x" } });
    expect((await answer(asked, dialog(components))).text).toContain("50035");
  });

  test("a dialog holds a person to its fields, and its answer is no dialog again", async () => {
    await register();
    const asked = kit().slash({ channelId: ids.parts, name: "nova", verb: "ask", options: { text: "x" } });
    const components = [label("Name", text("name", { max_length: 3 })), label("Size", select(2))];
    expect((await answer(asked, dialog(components))).status).toBe(204);
    expect(() => kit().modal(asked, { Name: "abc" })).toThrow("wants Size");
    expect(() => kit().modal(asked, { Name: "abcd", Size: "v0" })).toThrow("holds 3");
    expect(() => kit().modal(asked, { Name: "abc", Size: "v9" })).toThrow("has no v9");
    const sent = kit().modal(asked, { Name: "abc", Size: "v1" });
    expect((await answer(sent, dialog(components))).text).toContain("50035");
    expect((await answer(sent, { type: 6 })).text).toContain("50035");
    expect((await answer(sent, { type: 5 })).status).toBe(204);
  });
});
