// A start that can't work: exit code 1 and one clear sentence that names the thing and the mend, never a stack trace.
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { systemClock, systemEntropy } from "../../src/clock.ts";
import { createFakeDiscord } from "../support/discord/index.ts";
import { createFakeSlack } from "../support/slack/index.ts";
import { createFolder } from "./command-line.ts";
import type { Ended, Folder } from "./command-line.ts";

const folders: Folder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));
function newFolder(): Folder {
  const folder = createFolder();
  folders.push(folder);
  return folder;
}
const garbage = new Uint8Array(8_192).map((_, at) => (at * 131 + 7) % 251);
const config = (more: object): string =>
  JSON.stringify({ people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }], ...more });

function expectOneSentence({ code, err }: Ended, ...words: readonly RegExp[]): void {
  expect({ code, lines: err.trim().split("\n") }).toEqual({ code: 1, lines: [expect.any(String)] });
  expect(err).not.toMatch(/^\s+at |node:internal|Error:/mu);
  for (const word of words) expect(err).toMatch(word);
}

test("what is piped in is answered from real data, and Nova ends with 0", async () => {
  const folder = newFolder();
  const { code, out, err } = await folder.start({}, "what can you do?\nhow many brushes are in stock?\n");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/you › what can you do\?[^]*approv[^]*you › how many brushes are in stock\?/u);
  expect(out).toMatch(/Main brush 36 in[^]*BR-MAIN-36/u);
});

describe("a config", () => {
  test.each([
    ["an unknown key", config({ aprovals: {} }), [/"aprovals"/u, /did you mean "approvals"/u]],
    [
      "a misspelt key inside",
      config({ approvals: { aprovers: {} } }),
      [/approvals\.aprovers/u, /did you mean "approvers"/u],
    ],
    ["a wrong type", config({ projects: 3 }), [/projects/u, /expected array/u]],
    ["a cut end", '{"people":', [/can't be loaded/u, /Mend the file/u]],
    [
      "an approver who is nobody",
      config({ approvals: { approvers: { high: ["Zoe"] } } }),
      [/"Zoe"/u, /not in people/u],
    ],
  ])("with %s is refused by name", async (_what, text, words) => {
    const folder = newFolder();
    const file = folder.write("nova.json", text);
    expectOneSentence(await folder.start({ NOVA_CONFIG: file }), /nova\.json/u, ...words);
  });

  test("that is missing is named, with where to get one", async () => {
    const folder = newFolder();
    const ended = await folder.start({ NOVA_CONFIG: folder.path("none.ts") });
    expectOneSentence(ended, /no config at .*none\.ts/u, /Copy config\/nova\.ts/u);
  });
});

test.each([
  ["NOVA_PORT=abc", { NOVA_PORT: "abc" }, [/NOVA_PORT is not usable/u, /free port/u]],
  [
    "a bot token without a transport",
    { SLACK_BOT_TOKEN: "xoxb-1" },
    [/SLACK_APP_TOKEN/u, /SLACK_SIGNING_SECRET/u],
  ],
  ["a token with the wrong beginning", { SLACK_BOT_TOKEN: "xapp-1" }, [/SLACK_BOT_TOKEN/u, /xoxb-/u]],
  [
    "an address that is none",
    { DISCORD_TOKEN: "x", DISCORD_API_URL: "nope" },
    [/DISCORD_API_URL/u, /whole http/u],
  ],
])("%s is refused by name", async (_what, env, words) => {
  expectOneSentence(await newFolder().start(env), ...words);
});

describe("a platform that refuses the token", () => {
  test("Discord", async () => {
    const fake = await createFakeDiscord();
    const ended = await newFolder().start({ DISCORD_TOKEN: "wrong", DISCORD_API_URL: fake.apiUrl });
    await fake.close();
    expectOneSentence(ended, /DISCORD_TOKEN/u);
  });

  test("Slack", async () => {
    const fake = await createFakeSlack();
    const tokens = { SLACK_BOT_TOKEN: "xoxb-wrong", SLACK_APP_TOKEN: fake.appToken };
    const ended = await newFolder().start({ ...tokens, SLACK_API_URL: fake.apiUrl });
    await fake.close();
    expectOneSentence(ended, /SLACK_BOT_TOKEN/u);
  });
});

describe("the folder", () => {
  test("that is a file is named, with the mend", async () => {
    const folder = newFolder();
    const file = folder.write("home", "a file, not a folder");
    expectOneSentence(await folder.start({ NOVA_HOME: file }), /folder .*home/u, /set NOVA_HOME/u);
  });

  test.each(["journal.db", "context.db", "runs.db", "erp/main.db", "audit.key"])(
    "with a damaged %s is named, and nothing in it is overwritten",
    async (name) => {
      const folder = newFolder();
      folder.write(`home/${name}`, garbage);
      expectOneSentence(
        await folder.start(),
        new RegExp(name.replace(".", String.raw`\.`), "u"),
        /backup|away/iu,
      );
    },
  );

  test("of a Nova that runs is refused to a second one", async () => {
    const folder = newFolder();
    const journal = createSqliteJournal({
      folder: folder.path("home"),
      clock: systemClock,
      entropy: systemEntropy,
    });
    const ended = await folder.start();
    await journal.close();
    expectOneSentence(ended, /Another Nova already runs on .*home/u, /NOVA_HOME/u);
  });
});

test("a port in use is named, with the setting that changes it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const ended = await newFolder().start({ NOVA_PORT: port });
  await new Promise((resolve) => server.close(resolve));
  expectOneSentence(ended, new RegExp(`Port ${port}`, "u"), /NOVA_PORT/u);
});
