// The terminal through its own streams: what is typed becomes messages, what is said becomes lines.
import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import * as fc from "fast-check";
import { createTerminal } from "../../adapters/terminal/index.ts";
import { toInert } from "../../adapters/terminal/text.ts";
import type { Post } from "../../src/post.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { createHearSink } from "../support/hear-sink.ts";
import { delivery, proposal, question, reply } from "../support/posts.ts";
import { toPreview } from "../support/preview.ts";

class Paper extends Writable {
  readonly columns = 80;
  readonly rows = 30;
  text = "";
  #written = Promise.withResolvers<void>();
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    this.#written.resolve();
    this.#written = Promise.withResolvers<void>();
    done();
  }
  async until(words: string): Promise<void> {
    while (!this.text.includes(words)) await this.#written.promise;
  }
}

let boots = 0;
async function open(settings: { isTty?: boolean; isColored?: boolean } = {}) {
  const input = new PassThrough();
  const output = new Paper();
  const clock = createHandClock();
  const sink = createHearSink();
  boots += 1;
  const boot = `boot${boots}`;
  const terminal = createTerminal({
    input,
    output,
    isTty: settings.isTty ?? false,
    isColored: settings.isColored ?? false,
    clock,
    entropy: () => boot,
    verbs: [{ name: "agents", summary: "Lists agents", usage: "/agents", isTerminalOnly: false }],
  });
  await terminal.start(sink.hear);
  let shows = 0;
  const show = async (post: Post, more: { id?: string; shownAs?: string; inReplyTo?: string } = {}) => {
    shows += 1;
    const shown = await terminal.show(delivery("terminal:main:main", post, { id: `o${shows}`, ...more }));
    if (shown.kind !== "shown") throw new Error(`not shown: ${JSON.stringify(shown)}`);
    return shown.platformId;
  };
  return { input, output, clock, sink, terminal, show };
}

test("hears piped lines in order, skips empty ones, and says when input has ended", async () => {
  const { input, sink, terminal } = await open();
  input.end("hello\n\n   \n/run client-onboarding name=Acme\r\nlast line without an end");
  await terminal.inputEnded;
  expect(sink.heard.map(({ body }) => body)).toEqual([
    { kind: "text", text: "hello" },
    { kind: "command", verb: "run", rest: "client-onboarding name=Acme" },
    { kind: "text", text: "last line without an end" },
  ]);
  expect(sink.heard[0]).toMatchObject({
    thread: "terminal:main:main",
    channel: "terminal:main",
    account: { id: "terminal:me" },
    direct: true,
  });
});

test("never uses a message id twice, not even over a restart", async () => {
  const ids: string[] = [];
  for (const _boot of [1, 2]) {
    const { input, sink, terminal } = await open();
    input.end("one\ntwo\n");
    await terminal.inputEnded;
    ids.push(...sink.heard.map(({ id }) => id));
  }
  expect(new Set(ids).size).toBe(4);
});

test("a path is text, not a verb", async () => {
  const { input, sink, terminal } = await open();
  input.end("/etc/passwd is not a verb\n/\n");
  await terminal.inputEnded;
  expect(sink.heard.map(({ body }) => body.kind)).toEqual(["text", "text"]);
});

test("answers a line over 64 KB and a binary line with one sentence each, and goes on", async () => {
  const { input, output, sink, terminal } = await open();
  input.write("x".repeat(1_000_000));
  input.write("\n");
  input.write(Buffer.from([0xff, 0xfe, 0x41, 0x0a, 0x41, 0x00, 0x0a]));
  input.end("still here\n");
  await terminal.inputEnded;
  expect(sink.heard.map(({ body }) => body)).toEqual([{ kind: "text", text: "still here" }]);
  expect(output.text.match(/longer than 64 KB/gu)).toHaveLength(1);
  expect(output.text.match(/not readable text/gu)).toHaveLength(2);
  expect(output.text.length).toBeLessThan(2000);
});

test("says so when a line could not be kept", async () => {
  const { input, output, sink, terminal } = await open();
  sink.refuse();
  input.end("hello\n");
  await terminal.inputEnded;
  expect(output.text.replaceAll(/\s+/gu, " ")).toContain("did not take it; send it again");
});

test("piped: writes each question above its first answer", async () => {
  const { input, output, sink, show } = await open();
  input.write("one?\ntwo?\n");
  const [one, two] = [await sink.at(0), await sink.at(1)];
  await show(reply("first"), { inReplyTo: one.id });
  await show(reply("more of it"), { inReplyTo: one.id });
  await show(reply("second"), { inReplyTo: two.id });
  expect(output.text.split("\n").filter((line) => line !== "")).toEqual([
    "you › one?",
    "nova  first",
    "nova  more of it",
    "you › two?",
    "nova  second",
  ]);
});

test("prints what to type for a proposal, and a change of it once", async () => {
  const { output, show } = await open();
  const shownAs = await show(proposal());
  expect(output.text).toContain("/approve p-12ab34cd56");
  expect(output.text).toContain("/reject p-12ab34cd56 reason");
  expect(output.text).toContain("Stock of BR-20 Main brush: 240 → 200");
  expect(output.text).toContain("9f86d081");
  for (const line of output.text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const done = { ...proposal({ state: "Approved by Kit, done", isOpen: false }), buttons: [] };
  output.text = "";
  await show(done, { shownAs });
  await show(done, { shownAs });
  expect(output.text.match(/Approved by Kit, done/gu)).toHaveLength(1);
  expect(output.text).toContain("↻");
  expect(output.text).not.toContain("/approve");
});

test("draws a known post whole after a restart, because this screen never showed it", async () => {
  const { output, show } = await open();
  expect(await show(proposal(), { shownAs: "terminal:before" })).toBe("terminal:before");
  expect(output.text).toContain("/approve p-12ab34cd56");
});

test("a number typed after a question presses that option, on the post that carries it", async () => {
  const { input, sink, show } = await open();
  const platformId = await show(question);
  input.write("2\n");
  expect((await sink.at(0)).body).toEqual({
    kind: "press",
    nonce: "nova1.two",
    onMessage: platformId,
    words: null,
  });
});

test("a number is an answer again once something else was said", async () => {
  const { input, sink, show } = await open();
  await show(question);
  await show(reply("How many brushes?"));
  input.write("2\n/choose 1\n");
  expect((await sink.at(0)).body).toEqual({ kind: "text", text: "2" });
  expect((await sink.at(1)).body).toMatchObject({ kind: "press", nonce: "nova1.one" });
});

test("refuses a choice that was never offered with one sentence", async () => {
  const { input, output, show } = await open();
  input.write("/choose 1\n");
  await output.until("nothing to choose from");
  await show(question);
  input.write("/choose 9\n");
  await output.until("type /choose and one of 1, 2");
});

test("a run's Stop keeps its own letter beside a question's numbers", async () => {
  const { input, sink, show } = await open();
  const stop = { nonce: "nova1.stop", label: "Stop", style: "danger", asks: null } as const;
  const platformId = await show(reply("Onboarding: 1 of 4", { kind: "progress", buttons: [stop] }));
  await show(question);
  input.write("/choose a\n");
  expect((await sink.at(0)).body).toEqual({
    kind: "press",
    nonce: "nova1.stop",
    onMessage: platformId,
    words: null,
  });
});

test("words for a button that asks travel with the press", async () => {
  const { input, sink, show } = await open();
  const asks = { nonce: "nova1.mend", label: "Update…", style: "plain", asks: "What is true now?" } as const;
  await show(reply("The pallet price is 40.", { buttons: [asks] }));
  input.write("/choose 1 it is 45 now\n");
  expect((await sink.at(0)).body).toMatchObject({ nonce: "nova1.mend", words: "it is 45 now" });
});

test("reads Markdown, keeps code, wraps at 80 columns and loses no word", async () => {
  const { output, show } = await open();
  const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");
  await show(
    reply(
      `**Bold** and \`code\`\n- ${words}\n\`\`\`sql\nselect  *\n\`\`\`\nSee [docs](https://example.org/a)`,
    ),
  );
  for (const line of output.text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  for (const word of words.split(" ")) expect(output.text).toContain(word);
  expect(output.text).toContain("select  *");
  expect(output.text).toContain("docs (https://example.org/a)");
});

test("no text can move the cursor, colour or reorder the terminal", async () => {
  const hostile = "a\u001b[2Jb\u001b]0;owned\u0007c\rd\u202Ee\u009b31mf";
  const { output, show } = await open({ isColored: true });
  await show({
    ...proposal({ title: hostile, effects: [hostile], agentWords: hostile }),
    text: hostile,
    footer: hostile,
  });
  await show({
    ...question,
    text: hostile,
    buttons: [{ nonce: "n", label: hostile, style: "plain", asks: null }],
  });
  for (const sneaky of ["\u001b[2J", "\u001b]", "\u0007", "\r", "\u202E", "\u009b"]) {
    expect(output.text.includes(sneaky)).toBe(false);
  }
  expect(output.text).toContain("⟨U+202E⟩");
});

test("whatever is printed is plainly visible", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          "a",
          "é",
          "\n",
          "\r",
          "\t",
          "\u001b",
          "\u009b",
          "\u202e",
          "\u2066",
          "\ufeff",
          "\u{e0041}",
          "\ud800",
          "\u200d",
        ),
      }),
      (text) => {
        expect(toInert(text).replaceAll(/[\n\u200c\u200d]/gu, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      },
    ),
    { numRuns: 200 },
  );
});

test("live: an answer appears above what is being typed, which stays", async () => {
  const { input, output, sink, show } = await open({ isTty: true });
  await output.until("you › ");
  input.write("half a sen");
  await output.until("half a sen");
  output.text = "";
  await show(reply("An answer."));
  const above = output.text.indexOf("An answer.");
  expect(above).toBeGreaterThanOrEqual(0);
  expect(output.text.lastIndexOf("you › half a sen")).toBeGreaterThan(above);
  input.write("tence\r");
  expect((await sink.at(0)).body).toEqual({ kind: "text", text: "half a sentence" });
});

test("live: words typed over several rows are neither lost nor do they eat what is above", async () => {
  const { input, output, show } = await open({ isTty: true });
  await output.until("you › ");
  const typed = "many words ".repeat(16).trim();
  input.write(typed);
  await output.until(typed);
  output.text = "";
  await show(reply("An answer."));
  // Two rows up to the prompt's own row, and from there everything is drawn once, downwards.
  expect(output.text.startsWith("\u001b[2A\r\u001b[0Jnova  An answer.\n")).toBe(true);
  expect(output.text.slice(4)).not.toMatch(/\[\d+A/u);
  expect(output.text).toContain(`you › ${typed}`);
});

test("live: streamed text is shown while it grows and gives way to the post", async () => {
  const { output, clock, terminal, show } = await open({ isTty: true });
  await output.until("you › ");
  const rest = terminal.working("terminal:main:main");
  terminal.preview(toPreview("terminal:main:main", "There are 24"));
  clock.advance(100);
  expect(output.text).toContain("There are 24");
  expect(output.text).toContain("working");
  await show(reply("There are 240."));
  rest();
  output.text = "";
  clock.advance(100);
  expect(output.text).not.toContain("working");
  expect(output.text).not.toContain("There are 24");
  expect(clock.waiting()).toBe(0);
});

test("live: a run is rewritten in place and printed when it ends", async () => {
  const { output, clock, show } = await open({ isTty: true });
  await output.until("you › ");
  const stop = { nonce: "nova1.stop", label: "Stop", style: "danger", asks: null } as const;
  const shownAs = await show(reply("step 1 of 3", { kind: "progress", buttons: [stop] }));
  clock.advance(100);
  output.text = "";
  await show(reply("step 2 of 3", { kind: "progress", buttons: [stop] }), { shownAs });
  clock.advance(100);
  expect(output.text).toContain("step 2 of 3");
  output.text = "";
  await show(reply("done", { kind: "progress" }), { shownAs });
  expect(output.text).toContain("done");
  expect(output.text).not.toContain("step 2 of 3");
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("live: %s ends the input", async (_name, key) => {
  const { input, output, terminal } = await open({ isTty: true });
  await output.until("you › ");
  input.write(key);
  await terminal.inputEnded;
});

test("says for good that a terminal which went away can't show anything", async () => {
  const { output, terminal } = await open();
  output.destroy(new Error("EPIPE"));
  const shown = await terminal.show(delivery("terminal:main:main", reply("x"), { id: "o1" }));
  expect(shown.kind).toBe("refused");
  expect(terminal.health().state).toBe("fatal");
});

test("stops cleanly, and is stopped then", async () => {
  const { terminal } = await open();
  await terminal.stop();
  await terminal.inputEnded;
  expect(terminal.health().state).toBe("stopped");
});
