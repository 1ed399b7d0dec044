// The manifest people paste into Slack is the one the code makes, and the fake Slack grants and sends the same, or the
// suites prove nothing.
import { expect, test } from "vitest";
import { events, slackManifest } from "../../adapters/slack/manifest.ts";
import { neededScopes } from "../../adapters/slack/scopes.ts";
import { shortcuts } from "../../src/surfaces/shortcuts.ts";
import { createFakeSlack } from "../support/slack/index.ts";
import { grantedScopes, messageShortcuts } from "../support/slack/world.ts";

/** The items of the list under `key`, comments left out. */
function listUnder(yaml: string, key: string): string[] {
  const lines = yaml.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  const start = lines.findIndex((line) => line.trim() === `${key}:`);
  const items = lines.slice(start + 1).map((line) => /^\s*- (\S+)$/.exec(line)?.[1]);
  const end = items.indexOf(undefined);
  return items.slice(0, end).filter((item) => item !== undefined);
}
const valuesOf = (yaml: string, key: string): readonly string[] =>
  [...yaml.matchAll(new RegExp(`^\\s+(?:- )?${key}: (.+)$`, "gmu"))].map(([, value = ""]) => value);

test("is what the code makes of its scopes, events and shortcuts", async () => {
  await expect(slackManifest()).toMatchFileSnapshot("../../config/slack-manifest.yaml");
});

test("asks for the scopes, events and shortcuts that the fake Slack grants, sends and offers", async () => {
  const yaml = slackManifest();
  const slack = await createFakeSlack();
  expect(listUnder(yaml, "bot").sort()).toEqual([...grantedScopes].sort());
  expect(listUnder(yaml, "bot").sort()).toEqual(Object.keys(neededScopes).sort());
  expect(listUnder(yaml, "bot_events").sort()).toEqual([...slack.subscriptions].sort());
  expect(listUnder(yaml, "bot_events")).toEqual(events);
  expect(valuesOf(yaml, "callback_id")).toEqual(messageShortcuts);
  expect(yaml).toContain("command: /nova");
  await slack.close();
});

test("keeps Slack's limits for shortcuts, and has one for each that exists", () => {
  const yaml = slackManifest();
  const menus = yaml.slice(yaml.indexOf("shortcuts:"), yaml.indexOf("slash_commands:"));
  expect(valuesOf(menus, "name")).toEqual(shortcuts.map(({ label }) => label));
  expect(valuesOf(menus, "name").every((name) => name.length <= 24)).toBe(true);
  expect(valuesOf(menus, "description").every((about) => about.length <= 150)).toBe(true);
  expect(valuesOf(menus, "callback_id").every((id) => id.length <= 255)).toBe(true);
});
