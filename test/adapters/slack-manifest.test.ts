// The manifest people paste into Slack and the fake Slack must grant and send the same, or the suites prove nothing.

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createFakeSlack } from "../support/slack/index.ts";
import { grantedScopes } from "../support/slack/world.ts";

const file = new URL("../../config/slack-manifest.yaml", import.meta.url);

/** The items of the list under `key`, comments left out. */
function listUnder(yaml: string, key: string): string[] {
  const lines = yaml.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  const start = lines.findIndex((line) => line.trim() === `${key}:`);
  const items = lines.slice(start + 1).map((line) => /^\s*- (\S+)$/.exec(line)?.[1]);
  const end = items.indexOf(undefined);
  return items.slice(0, end).filter((item) => item !== undefined);
}

test("asks for the scopes and events that the fake Slack grants and sends", async () => {
  const yaml = await readFile(file, "utf8");
  const slack = await createFakeSlack();
  expect(listUnder(yaml, "bot").sort()).toEqual([...grantedScopes].sort());
  expect(listUnder(yaml, "bot_events").sort()).toEqual([...slack.subscriptions].sort());
  expect(yaml).toContain("command: /nova");
  await slack.close();
});
