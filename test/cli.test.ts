// The command line as it is typed: real child processes, with the platforms' fakes behind the token checks.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RouteDecision } from "../src/routing/route.ts";
import { createFakeDiscord } from "./support/discord/index.ts";
import { createFakeSlack } from "./support/slack/index.ts";
import { lendRouter } from "./support/trained-router.ts";

type Ended = { readonly code: number; readonly out: string; readonly err: string };
let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "nova-cli-"));
  lendRouter(home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function nova(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", NOVA_HOME: home, NOVA_PORT: "0", ...more };
  return new Promise((resolve) => {
    execFile(process.execPath, ["bin/nova.mjs", ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

describe("nova", () => {
  test("agents lists each agent with its job", async () => {
    const { code, out } = await nova(["agents"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^erp\/stock +\S.*stock/mu);
    expect(out.trim().split("\n").length).toBeGreaterThanOrEqual(12);
  });

  test("what was compiled is kept for the next start", async () => {
    const cache = join(home, "compiled");
    await nova(["help"], { NODE_COMPILE_CACHE: cache });
    const kept = readdirSync(cache, { recursive: true });
    expect(kept.length).toBeGreaterThan(20);
  });

  test("route prints the decision as JSON, and a project's allow-list makes other agents impossible", async () => {
    const config = join(home, "nova.json");
    const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
    writeFileSync(
      config,
      JSON.stringify({ people, projects: [{ id: "talk", name: "Talk", agents: ["chat/*"] }] }),
    );
    const anywhere = await nova(["route", "which invoices are overdue?"], { NOVA_CONFIG: config });
    expect(RouteDecision.parse(JSON.parse(anywhere.out)).target).toEqual({
      kind: "agent",
      agent: "erp/invoices",
    });
    const inTalk = await nova(["route", "which invoices are overdue?", "--project", "talk"], {
      NOVA_CONFIG: config,
    });
    expect(inTalk.out).not.toContain("erp/");
    const unknown = await nova(["route", "hello", "--project", "talkk"], { NOVA_CONFIG: config });
    expect(unknown).toMatchObject({ code: 1, err: 'There is no project "talkk"; there are talk.\n' });
  });

  test("check says yes for each thing in order, and names each wrong one with its mend", async () => {
    const fine = await nova(["check"]);
    expect(fine.code).toBe(0);
    expect(fine.out).toMatch(/✓ config: 1 people, \d+ projects, 1 ERPs/u);
    expect(fine.out).toMatch(
      /✓ trust: asks low 0\.6, medium 0\.75, high 0\.9; evidence counts half after 30 days/u,
    );
    const wrong = await nova(["check"], { NOVA_CONFIG: "nowhere.ts" });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain("✗ config: There is no config at nowhere.ts.");
  });

  test("check asks the platforms whether they take the tokens", async () => {
    const discord = await createFakeDiscord();
    const slack = await createFakeSlack();
    const both = {
      DISCORD_API_URL: discord.apiUrl,
      SLACK_API_URL: slack.apiUrl,
      SLACK_APP_TOKEN: slack.appToken,
    };
    const right = await nova(["check"], {
      ...both,
      DISCORD_TOKEN: discord.token,
      SLACK_BOT_TOKEN: slack.botToken,
    });
    expect(right.out).toContain("✓ discord: the token is accepted");
    expect(right.out).toContain("✓ slack: the bot token is accepted");
    const wrong = await nova(["check"], { ...both, DISCORD_TOKEN: "wrong", SLACK_BOT_TOKEN: "xoxb-wrong" });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain("✗ discord: The platform refuses DISCORD_TOKEN.");
    expect(wrong.out).toContain("✗ slack: Slack refuses SLACK_BOT_TOKEN (invalid_auth).");
    expect(wrong.out + wrong.err).not.toContain("xoxb-wrong");
    await discord.close();
    await slack.close();
  });

  test("an ERP that nobody serves is named with why, by a look into it and by check", async () => {
    const config = join(home, "away.json");
    const books = {
      kind: "tryton",
      url: "http://127.0.0.1:9",
      database: "a",
      user: "nova",
      password: "TRYTON_PASSWORD",
    };
    const people = [{ name: "Kit", ids: ["terminal:me"], role: "owner" }];
    writeFileSync(config, JSON.stringify({ people, erps: { books } }));
    const more = { NOVA_CONFIG: config, TRYTON_PASSWORD: "not-the-right-one", NOVA_LOG: "silent" };
    const looked = await nova(["erp", "stock"], more);
    expect(looked.err).toMatch(/^Tryton at http:\/\/127\.0\.0\.1:9 did not answer: /u);
    const checked = await nova(["check"], more);
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/✗ ERP books: Tryton at http:\/\/127\.0\.0\.1:9 did not answer: /u);
  });

  test("audit verify tells that the chain is sound", async () => {
    expect(await nova(["audit", "verify"])).toMatchObject({
      code: 0,
      out: "The audit chain is sound: 0 rows.\n",
    });
  });

  test("an unknown command names the nearest one, without a stack trace", async () => {
    const { code, err } = await nova(["chekc"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^There is no command "chekc"; did you mean "check"\?\nUsage: nova start/u);
    expect(err).not.toContain("    at ");
  });
});
