// What the Slack adapter sends, and what it makes of Slack's answers: sent, not sent, refused, or nobody knows.

import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { splitText } from "../../src/surfaces/split-text.ts";
import { toPlain, toSections } from "../../adapters/slack/text.ts";
import { delivery, proposal, question, reply } from "../support/posts.ts";
import { createRig } from "../support/slack/adapter.ts";
import type { Shown } from "../../src/ports.ts";
import type { FaultRule } from "../support/slack/index.ts";

const here = "slack:T1/C1:C1";
const rig = (more: Partial<Parameters<typeof createRig>[0]> = {}) =>
  createRig({ transport: "http", ...more });

describe("outcomes of a post", () => {
  const post = (how: FaultRule["how"], when: FaultRule["when"] = "before"): FaultRule => ({
    match: "chat.postMessage",
    times: 1,
    when,
    how,
  });
  test.each<[string, FaultRule, Shown["kind"], number]>([
    ["a limit with its time", post({ status: 429, headers: { "retry-after": "7" } }), "later", 0],
    ["a limit without its time", post({ status: 429 }), "later", 0],
    ["500 before it was taken", post({ status: 500 }), "unclear", 0],
    ["503 after it was taken", post({ status: 503 }, "after"), "unclear", 1],
    ["a reset after it was taken", post("reset", "after"), "unclear", 1],
    ["a close after it was taken", post("close", "after"), "unclear", 1],
    ["a web page after it was taken", post("html", "after"), "unclear", 1],
    ["half an answer after it was taken", post("truncated", "after"), "unclear", 1],
    ["a redirect", post("redirect"), "unclear", 0],
    ["fatal_error", post({ error: "fatal_error" }, "after"), "unclear", 1],
    ["a word nobody knows", post({ error: "the_moon_is_full" }), "unclear", 0],
    [
      "restricted_action_thread_only_channel",
      post({ error: "restricted_action_thread_only_channel" }),
      "refused",
      0,
    ],
    ["msg_too_long", post({ error: "msg_too_long" }), "refused", 0],
    ["token_revoked", post({ error: "token_revoked" }), "later", 0],
  ])("%s", async (...row) => {
    const [, fault, kind, stored] = row;
    const { slack, nova } = await rig();
    slack.faults.add(fault);
    const order = delivery(here, reply("hello"), { id: "o1" });
    const shown = await nova.show(order);
    expect(shown.kind).toBe(kind);
    expect(slack.store.posted()).toHaveLength(stored);
    expect(
      slack.log.filter(({ kind: one, name }) => one === "request" && name === "chat.postMessage"),
    ).toHaveLength(1);
    if (kind !== "unclear") return;
    expect(await nova.find(order)).toMatchObject({ kind: stored === 1 ? "found" : "absent" });
  });

  test("says how long Slack wants it to wait", async () => {
    const { slack, nova } = await rig({ fake: { postsPerSecond: 1, postBurst: 1 } });
    await nova.show(delivery(here, reply("one"), { id: "o1" }));
    const second = await nova.show(delivery(here, reply("two"), { id: "o2" }));
    expect(second).toMatchObject({ kind: "later", afterMs: 1_000 });
    slack.faults.add({ match: "chat.postMessage", times: 1, when: "before", how: { status: 429 } });
    expect(await nova.show(delivery(here, reply("three"), { id: "o3" }))).toMatchObject({ afterMs: 30_000 });
  });

  test("a revoked token stops the adapter, and it says why", async () => {
    const { slack, nova } = await rig();
    const team = slack.store.teams.get("T1");
    if (team !== undefined) team.tokenState = "token_revoked";
    expect(await nova.show(delivery(here, reply("one"), { id: "o1" }))).toMatchObject({ kind: "later" });
    expect(nova.health()).toEqual({
      state: "fatal",
      detail: "Slack refuses the bot token: Slack said token_revoked",
    });
    const asked = slack.log.length;
    expect(await nova.show(delivery(here, reply("two"), { id: "o2" }))).toMatchObject({ kind: "later" });
    expect(slack.log).toHaveLength(asked);
  });

  test.each(["views.publish", "files.getUploadURLExternal", "conversations.history"])(
    "a token that is refused by %s is no reason to give anything up",
    async (match) => {
      const { slack, nova } = await rig();
      slack.faults.add({ match, when: "before", how: { error: "token_revoked" } });
      const home = delivery("slack:T1/D1:home", reply("board", { kind: "home", only: "slack:T1/U1001" }), {
        id: "h1",
      });
      const file = delivery(here, reply("long", { file: { name: "a.txt", text: "all of it" } }), {
        id: "f1",
      });
      const waits = { kind: "later", afterMs: 60_000 };
      if (match === "views.publish") expect(await nova.show(home)).toMatchObject(waits);
      else if (match === "conversations.history") expect(await nova.find(file)).toMatchObject(waits);
      else expect(await nova.show(file)).toMatchObject(waits);
      expect(nova.health().state).toBe("fatal");
    },
  );

  test.each([
    ["an archived channel", "slack:T1/C8:C8", "is_archived"],
    ["a channel without Nova", "slack:T1/C9:C9", "not_in_channel"],
    ["an unknown channel", "slack:T1/C404:C404", "channel_not_found"],
  ] as const)("is refused by %s", async (_what, thread, code) => {
    const { nova } = await rig();
    expect(await nova.show(delivery(thread, reply("hi"), { id: "o1" }))).toEqual({
      kind: "refused",
      why: `Slack said ${code}`,
      isPostGone: false,
    });
  });
});

describe("looking an unclear post up", () => {
  test("finds it in its thread, by its id alone, however often the text is there", async () => {
    const { slack, nova } = await rig();
    const asked = slack.as("U1001").say("C1", "hello");
    const thread = `slack:T1/C1:${asked.ts}` as const;
    for (const id of ["o1", "o2", "o3"]) await nova.show(delivery(thread, reply("same"), { id }));
    const found = await nova.find(delivery(thread, reply("same"), { id: "o2" }));
    expect(found).toEqual({ kind: "found", platformId: `C1:${slack.store.posted()[1]?.ts ?? ""}` });
    slack.as("U9001").say("C1", "other data", { thread: asked.ts }).metadata = {
      event_type: "task_created",
      event_payload: { title: "no id at all" },
    };
    const copied = slack.as("U9001").say("C1", "same", { thread: asked.ts });
    copied.metadata = { event_type: "nova_outbox", event_payload: { id: "o4" } };
    expect(await nova.find(delivery(thread, reply("same"), { id: "o4" }))).toEqual({ kind: "absent" });
  });

  test("turns the pages, and does not see what Slack does not show yet", async () => {
    const { slack, nova } = await rig();
    await nova.show(delivery(here, reply("first"), { id: "o1" }));
    for (let n = 0; n < 450; n += 1) slack.as("U1001").say("C1", `noise ${n}`);
    expect(await nova.find(delivery(here, reply("first"), { id: "o1" }))).toMatchObject({ kind: "found" });
    slack.net.readLagMs = 15_000;
    expect(await nova.find(delivery(here, reply("first"), { id: "o1" }))).toEqual({ kind: "absent" });
  });

  test("says that it can't look where it may not read", async () => {
    const { slack, nova } = await rig();
    slack.store.teams.get("T1")?.scopes.delete("channels:history");
    expect(await nova.find(delivery(here, reply("x"), { id: "o1" }))).toEqual({
      kind: "unsearchable",
      why: "Slack said missing_scope: channels:history",
    });
  });
});

describe("editing", () => {
  test("changes the post in place, takes its buttons away and pings nobody", async () => {
    const { slack, nova } = await rig();
    const first = await nova.show(delivery(here, proposal(), { id: "p1" }));
    if (first.kind !== "shown") throw new Error(first.why);
    const decided = { ...proposal({ state: "Approved by Kit, done", isOpen: false }), buttons: [] };
    const again = await nova.show(delivery(here, decided, { id: "p1", shownAs: first.platformId }));
    expect(again).toEqual(first);
    const plain = reply("@channel <!here> is over");
    await nova.show(delivery(here, plain, { id: "p1", shownAs: first.platformId }));
    const [post] = slack.store.posted();
    expect(slack.store.posted()).toHaveLength(1);
    expect(post).toMatchObject({ edits: 2, blocks: [], text: "@channel &lt;!here&gt; is over", pinged: [] });
  });

  test("is made again when nobody knows whether it arrived, and says when there is nothing left to edit", async () => {
    const { slack, nova } = await rig();
    const first = await nova.show(delivery(here, reply("one"), { id: "p1" }));
    if (first.kind !== "shown") throw new Error(first.why);
    const edit = delivery(here, reply("two"), { id: "p1", shownAs: first.platformId });
    slack.faults.add({ match: "chat.update", times: 1, when: "after", how: "reset" });
    expect(await nova.show(edit)).toMatchObject({ kind: "later" });
    expect(await nova.show(edit)).toEqual(first);
    const [post] = slack.store.posted();
    if (post !== undefined) slack.store.remove(post);
    expect(await nova.show(edit)).toEqual({
      kind: "refused",
      why: "Slack said message_not_found",
      isPostGone: true,
    });
  });
});

describe("what it draws", () => {
  test("a reply without trimmings is text alone, quiet, and carries its id", async () => {
    const { slack, nova } = await rig();
    await nova.show(delivery(here, reply("hello you <@U1002>"), { id: "o1" }));
    const request = slack.log.find(({ kind, name }) => kind === "request" && name === "chat.postMessage");
    expect(request?.body).toEqual({
      channel: "C1",
      text: "hello you &lt;@U1002&gt;",
      unfurl_links: false,
      unfurl_media: false,
      parse: "none",
      link_names: false,
      metadata: { event_type: "nova_outbox", event_payload: { id: "o1" } },
    });
    expect(slack.store.posted()[0]?.pinged).toEqual([]);
  });

  test("a card shows every line of the proposal and the agent's words apart", async () => {
    const { slack, nova } = await rig();
    const nasty = proposal({ agentWords: "<!channel> Approved by Kit", title: "Pay <@U1001> & co" });
    await nova.show(delivery(here, { ...nasty, footer: "erp/sales · 2 sources" }, { id: "p1" }));
    await nova.show(delivery(here, question, { id: "q1" }));
    const drawn = JSON.stringify(slack.store.posted()[0]?.blocks);
    for (const part of ["Pay <@U1001> & co", "240 → 200", "Credit limit", "medium stakes", "#9f86d081"]) {
      expect(drawn).toContain(part);
    }
    expect(drawn).toMatch(/"rich_text_quote".*own words, not checked:".*"\\n<!channel> Approved by Kit"/u);
    expect(drawn).toContain("erp/sales · 2 sources");
    expect(slack.store.posted().flatMap(({ pinged }) => pinged)).toEqual([]);
  });

  test("a note for one person is seen by that person only, and can't be found again", async () => {
    const { slack, nova } = await rig();
    const note = delivery(here, reply("not yours to decide", { only: "slack:T1/U1002" }), { id: "n1" });
    expect(await nova.show(note)).toMatchObject({ kind: "shown" });
    expect(slack.store.ephemerals).toMatchObject([{ user: "U1002", text: "not yours to decide" }]);
    expect(slack.store.posted()).toEqual([]);
    expect(await nova.find(note)).toMatchObject({ kind: "unsearchable" });
  });

  test.each([
    ["one long line", "x".repeat(30_000)],
    ["words", "word ".repeat(9_000)],
    ["an open code fence", `intro\n\`\`\`ts\n${"const a = 1 < 2 && 3;\n".repeat(1_500)}`],
    ["emoji at every cut", "🧹".repeat(9_000)],
    ["what grows when escaped", "<&>".repeat(5_000)],
  ])("brings %s over whole, in parts that Slack takes", async (_what, text) => {
    const { slack, nova } = await rig();
    const parts = splitText(text, (part) => nova.fits(part));
    for (const [index, part] of parts.entries()) {
      const order = delivery(here, reply(part, { footer: "chat/general" }), { id: `o${index}` });
      expect(await nova.show(order)).toMatchObject({ kind: "shown" });
    }
    const bare = (shown: string) => shown.replaceAll(/```\w*|\s/g, "");
    const arrived = slack.store.posted().map((post) => toPlain(post.text, ""));
    expect(bare(arrived.join(""))).toBe(bare(text));
    const drawn = slack.store.posted().flatMap(({ blocks }) => blocks.slice(0, -1));
    expect(bare(drawn.map(shownBy).join(""))).toBe(bare(text));
  });
});

/** Every letter that a block shows, in order. */
function shownBy(block: unknown): string {
  if (typeof block !== "object" || block === null) return "";
  const { text } = { text: "", ...block };
  const own = typeof text === "string" ? text : "";
  return own + Object.values(block).map(shownBy).join("");
}

describe("text", () => {
  test("sections hold at most 3000 characters, never cut a character or an escape, and lose nothing", () => {
    const pieces = constantFrom(
      "x".repeat(700),
      "&amp;".repeat(300),
      "🧹".repeat(900),
      "\n",
      "\n```\n",
      "word ",
    );
    const bare = (text: string) => text.replaceAll(/```|\s/g, "");
    assert(
      property(array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        const sections = toSections(text);
        for (const section of sections) {
          expect(section.length).toBeLessThanOrEqual(3_000);
          expect(section.isWellFormed()).toBe(true);
          expect(section).not.toMatch(/&[a-z]{0,3}$|^(amp|mp|p);/);
        }
        expect(bare(sections.join(""))).toBe(bare(text));
      }),
    );
  });
});
