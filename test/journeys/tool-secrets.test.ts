// A canary for every secret that Nova knows, in everything that a tool server says: descriptions, answers, errors. The
// model, the cards, the journal, the pins and the log are searched for them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createRedaction } from "../../src/secrets.ts";
import { bareDoor } from "../support/doors/bare.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { notesToken, openNotes } from "../support/mcp/address.ts";
import { acceptNotes, notesAt, notesEnvironment } from "../support/mcp/notes-config.ts";
import { createShelf } from "../support/mcp/shelf.ts";
import { calling, says, script } from "../support/script.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const secrets = {
  DISCORD_TOKEN: "canary.discord-4471",
  SLACK_BOT_TOKEN: "xoxb-canary-slack-4472",
  SLACK_APP_TOKEN: "xapp-canary-slack-4473",
  SLACK_SIGNING_SECRET: "canary-signing-4474",
  ANTHROPIC_API_KEY: "sk-canary-anthropic-4475",
  ERP_PASSWORD: 'canary "quoted" \\ pass+word/4476',
} as const;
const database = "canary-database-4477";
const environment = { ...secrets, DATABASE_URL: `postgres://nova:${database}@db.example/nova` };
const canaries = [...Object.values(secrets), database, notesToken];
/** As it stands, and as a JSON text, an address or a header carries it. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64").replace(/=+$/u, ""),
  Buffer.from(secret).toString("hex"),
];
const all = canaries.flatMap(formsOf);

test("A25 no secret that Nova knows reaches the model, a card, the journal, a file or the log through a tool server", async () => {
  const clock = createHandClock();
  const door = bareDoor(() => clock.now());
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  const shelf = createShelf();
  const address = await openNotes(shelf);
  try {
    const loud = `found: ${all.join(" ")} (${JSON.stringify({ all })})`;
    const described = { find_notes: loud, create_note: loud };
    shelf.turn({ words: loud, described });
    const notes = notesAt(address.url);
    const model = script(
      calling("notes__find_notes", { title: "Milk" }),
      says("I looked.", { orders: [] }),
      calling("notes__create_note", { title: "Milk", text: "two litres" }),
      says("A note waits for you.", { orders: [] }),
    );
    const nova = await start({
      doors: [door],
      clock,
      model,
      log: pino({ level: "trace" }, sink),
      config: { mcp: { notes } },
      environment: { ...environment, ...notesEnvironment(shelf) },
    });
    const redact = createRedaction({ ...environment, NOTES_TOKEN: notesToken });
    await acceptNotes({ home: nova.folder, config: notes, shelf, redact });
    await nova.restart();
    const asks = async (text: string): Promise<void> => {
      await door.says(`erp/sales: ${text}`);
      await nova.idle();
    };
    await asks("what do my notes say of Milk?");
    await asks("make a note about Milk");
    shelf.turn({ words: loud, described, complains: true });
    clock.advance(2_000);
    const card = door.posts().find(({ post }) => post.card !== null);
    const nonce = card?.post.buttons.find(({ label }) => label.startsWith("Approve"))?.nonce ?? "";
    const proposal = await nova.journal().proposal(card?.post.card?.proposal ?? "");
    const words = proposal?.effectHash.slice(0, 6) ?? "";
    const kit = { id: door.kit, standing: "regular" } as const;
    await door.comes(kit, { kind: "press", nonce, onMessage: card?.platformId ?? "", words });
    await nova.idle();
    await door.verb("failures");
    await door.verb("status");
    await nova.idle();
    const files = readdirSync(nova.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")] as const);
    const sinks = {
      ...Object.fromEntries(files),
      model: JSON.stringify(model.requests),
      shown: (await door.seen()).join("\n"),
      logged: lines.join(""),
    };
    const found = Object.entries(sinks).flatMap(([name, text]) =>
      all.filter((form) => text.includes(form)).map((form) => `${form} in ${name}`),
    );
    expect(found).toEqual([]);
    // They did come by.
    expect(sinks.model).toContain("[secret:DISCORD_TOKEN]");
    expect(sinks.model).toContain("[secret:DATABASE_URL]");
    expect(Object.entries(sinks).filter(([, text]) => text.includes("[secret:")).length).toBeGreaterThan(1);
    expect(shelf.notes()).toEqual([{ title: "Milk", text: "two litres" }]);
  } finally {
    await address.close();
    shelf.remove();
  }
});
