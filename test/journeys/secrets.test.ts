// Canaries: an ERP that blurts out its password wherever it can, and platforms with their tokens. Everything that Nova
// writes, shows, logs or tells a model is searched for them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { Logger } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { openErps } from "../../src/erp/erps.ts";
import type { Erp, Model, Prepared } from "../../src/ports.ts";
import { refusedArgs } from "../../src/approvals/secret-args.ts";
import { createRedaction, withoutSecrets } from "../../src/secrets.ts";
import { addNote } from "../../src/tools/erp.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { proposes, says, script } from "../support/script.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { methodsOf, useNova } from "./stage.ts";

const start = useNova();
const password = "CANARY-pass/word+7719";
const command = { connector: "embedded", instance: "main", op: "note.add" };
const redact = createRedaction({ ERP_PASSWORD: password, PATH: "/usr/bin" });

type Fails = { now: "nothing" | "looking" | "doing" };
/** Says its password in every answer and every error. */
function blurting(erp: Erp, fails: Fails): Erp {
  const loud = (prepared: Prepared): Prepared => ({
    ...prepared,
    summary: `${prepared.summary} (${password})`,
    changes: [...prepared.changes, { record: "log", label: password, before: null, after: `as ${password}` }],
    warnings: [`logged in with ${encodeURIComponent(password)}`],
  });
  const quiet = (prepared: Prepared): Prepared => ({
    ...prepared,
    changes: prepared.changes.filter(({ record }) => record !== "log"),
  });
  const broken = (): never => {
    const url = `http://nova:${encodeURIComponent(password)}@erp.example`;
    throw new Error(`connect failed: ${url}`, { cause: new Error(`Basic ${btoa(password)}`) });
  };
  return {
    ...methodsOf(erp),
    query: async (query) => (fails.now === "looking" ? broken() : erp.query(query)),
    prepare: async (command) => {
      const result = await erp.prepare(command);
      return result.kind === "prepared"
        ? { kind: "prepared", prepared: loud(result.prepared) }
        : { kind: "refused", why: `${result.why} (${password})` };
    },
    execute: async () => (fails.now === "doing" ? broken() : { kind: "rejected", detail: `no, ${password}` }),
    verify: async (prepared, actionId) => erp.verify(quiet(prepared), actionId),
  };
}

type Sinks = { readonly log: Logger; readonly logged: () => string };
function listen(): Sinks {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  return { log: pino({ level: "trace" }, stream), logged: () => lines.join("") };
}

/** All bytes that Nova keeps, all that it shows and all that it logs. */
async function sinksOf(
  nova: NovaUnderTest,
  door: Door,
  { logged }: Sinks,
): Promise<Readonly<Record<string, string>>> {
  const files = readdirSync(nova.folder, { recursive: true, withFileTypes: true })
    // What the ERP itself keeps is its own.
    .filter((entry) => entry.isFile() && !entry.name.startsWith("erp.db"))
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "latin1")] as const);
  return { ...Object.fromEntries(files), shown: (await door.seen()).join("\n"), logged: logged() };
}

const found = (sinks: Readonly<Record<string, string>>, canaries: readonly string[]): readonly string[] =>
  Object.entries(sinks).flatMap(([sink, text]) =>
    canaries.filter((canary) => text.includes(canary)).map((canary) => `${canary} in ${sink}`),
  );

describe.each([
  ["discord", async () => discordDoor()],
  ["slack", async () => slackDoor("socket", { postsPerSecond: 1_000 })],
] as const)("A25 on %s", (name, open) => {
  test("neither an ERP's password nor a platform's token is kept, shown or logged", async () => {
    const door = await open();
    const fails: Fails = { now: "nothing" };
    const sinks = listen();
    const nova = await start({
      doors: [door],
      log: sinks.log,
      wrapErp: (erp) => withoutSecrets(blurting(erp, fails), redact),
    });
    await door.says("confirm order SO-1007");
    await sees(door, /Waiting for Kit/u);
    await door.press("Details");
    await sees(door, /Bound by the approval/u);
    await door.press("Approve");
    await sees(door, /but it failed|record changed|Not done/u);
    fails.now = "doing";
    await door.says("note on SO-1010: call first");
    await sees(door, /Add a note to SO-1010[^]*Waiting for Kit/u);
    await door.press("Approve");
    await sees(door, /Outcome unknown|Not done: .*note/u);
    fails.now = "nothing";
    await door.says("confirm order SO-9999");
    await nova.idle();
    fails.now = "looking";
    await door.says("how many brushes are in stock?");
    await nova.idle();
    await door.verb("failures");
    await door.verb("status");
    await sees(door, /audit chain: /u);
    await nova.idle();
    const tokens =
      "token" in door.fake
        ? [door.fake.token]
        : [door.fake.botToken, door.fake.appToken, door.fake.signingSecret];
    const forms = [password, "CANARY", encodeURIComponent(password), btoa(password).replace(/=+$/u, "")];
    const all = await sinksOf(nova, door, sinks);
    expect(found(all, [...tokens, ...forms])).toEqual([]);
    // What stands in its place is there, so the password did come by.
    expect(found(all, ["[secret:ERP_PASSWORD]"]).length, name).toBeGreaterThan(1);
  });
});

describe("A25", () => {
  let folder = "";
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("every ERP of the config is opened that way, with every secret of the environment", async () => {
    folder = mkdtempSync(join(tmpdir(), "nova-secrets-"));
    const config = parseConfig(
      {
        people: [{ name: "Kit", ids: ["terminal:me"], role: "owner" }],
        erps: { main: { kind: "embedded", sample: true } },
      },
      "the test's config",
    );
    const environment = { SOME_TOKEN: "Main warehouse", HOME: "Main brush 36 in" };
    const erps = await openErps(config, { folder, clock: createHandClock(), environment });
    const page = JSON.stringify(
      await erps.get("main")?.query({ kind: "stock", text: "main brush", limit: 9 }),
    );
    for (const erp of erps.values()) await erp.close();
    expect(page).not.toContain("Main warehouse");
    expect(page).toContain("[secret:SOME_TOKEN]");
    expect(page).toContain("Main brush 36 in");
  });

  const token = "tok-5f8a9b2c3d4e";
  const known = createRedaction({ SLACK_BOT_TOKEN: token });
  const noting = (): Model =>
    script(
      proposes(addNote, { record: "SO-1007", text: `call with ${token}` }),
      says("I left it out.", { orders: ["SO-1007"] }),
    );
  const rowsOf = async (nova: NovaUnderTest): Promise<string> =>
    JSON.stringify(await nova.journal().proposals({}));

  test("what an agent puts a secret into is refused with its name, and nothing of it is proposed or kept", async () => {
    const door = terminalDoor();
    const sinks = listen();
    const model = noting();
    const nova = await start({
      doors: [door],
      log: sinks.log,
      model,
      wrapErp: (erp) => withoutSecrets(erp, known),
    });
    await door.says("note on SO-1007: call before delivery");
    await sees(door, /left it out/u);
    await nova.idle();
    expect(await rowsOf(nova)).toBe("[]");
    expect(found(await sinksOf(nova, door, sinks), [token])).toEqual([]);
  });

  test("what was asked with a secret in it, before Nova knew that it is one, ends and is not asked again", async () => {
    const door = terminalDoor();
    const nova = await start({ doors: [door], model: noting() });
    await door.says("note on SO-1007: call before delivery");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    await nova.restart({ wrapErp: (erp) => withoutSecrets(erp, known) });
    await door.press("Approve");
    await sees(door, /secret_in_args/u);
    await nova.idle();
    const proposals = await nova.journal().proposals({});
    expect(proposals.map(({ state }) => state)).toEqual(["stale"]);
    expect(proposals[0]?.outcomeDetail).toContain("[secret:SLACK_BOT_TOKEN]");
  });

  test.each(["plain", "in JSON", "in base64"])(
    "a secret %s in the arguments is found, wherever it stands",
    (form) => {
      const secret = 'pass "quoted" word/7719';
      const redacts = createRedaction({ ERP_PASSWORD: secret });
      const forms: Readonly<Record<string, string>> = { plain: secret, "in JSON": JSON.stringify(secret) };
      const text = forms[form] ?? btoa(secret);
      const refused = refusedArgs({ ...command, args: { lines: [{ note: `see ${text}!` }] } }, redacts);
      expect(JSON.stringify(refused)).toMatch(/^\{"kind":"refused","why":".*\[secret:ERP_PASSWORD\]/u);
      expect(JSON.stringify(refused)).not.toContain("7719");
      expect(refusedArgs({ ...command, args: { note: "see the wall" } }, redacts)).toBeNull();
    },
  );

  test("both halves of a pair are secrets, short ones and ordinary variables are none", () => {
    const clean = createRedaction({ API_KEY: "firsthalf:secondhalf", SHORT_KEY: "abc", LANG: "en_US.UTF-8" });
    expect(clean("firsthalf and secondhalf, abc, en_US.UTF-8")).toBe(
      "[secret:API_KEY] and [secret:API_KEY], abc, en_US.UTF-8",
    );
    expect(createRedaction({ ERP_LOGIN: "hunter2hunter2" }, ["ERP_LOGIN"])("hunter2hunter2")).toBe(
      "[secret:ERP_LOGIN]",
    );
  });
});
