// The suite itself, tested: a fault planted in an adapter, or a platform that breaks its own promise, must make a rule
// fail, and for the reason that the fault gives.
import { describe, expect, test } from "vitest";
import { plant, plantInHearing } from "./planted.ts";
import { run } from "./rule.ts";
import type { Rule, Twist } from "./rule.ts";
import { approvalRules } from "./rules/approvals.ts";
import { deliveryRules } from "./rules/delivery.ts";
import { talkRules } from "./rules/talk.ts";
import { wordRules } from "./rules/words.ts";
import type { SurfaceName } from "./surface-names.ts";
import { createTamper, inBody, without } from "./tamper.ts";
import type { Call, Change } from "./tamper.ts";

const rules = [...talkRules, ...approvalRules, ...wordRules, ...deliveryRules];
const ruleOf = (start: string): Rule => {
  const found = rules.find(({ says }) => says.startsWith(start));
  if (found === undefined) throw new Error(`no rule says "${start}…"`);
  return found;
};

type Defect = {
  readonly fault: string;
  readonly on: SurfaceName;
  /** The beginning of the rule that must fail. */
  readonly breaks: string;
  /** What the failure must say. */
  readonly with: RegExp;
  readonly wire?: Change;
  readonly twist?: Twist;
};

const discordPost = ({ method, path }: Call): boolean =>
  method === "POST" && /\/channels\/\d+\/messages$/u.test(path);
const discordEdit = ({ method, path }: Call): boolean =>
  method === "PATCH" && /\/channels\/\d+\/messages\/\d+$/u.test(path);
const slackCall =
  (name: string) =>
  ({ path }: Call): boolean =>
    path.endsWith(`/${name}`);
let copies = 0;
const anew = (id: string): string => `${id}:${(copies += 1)}`;

const oneReply = "a message gets one reply";
const fourTimes = "a message delivered four times";
const unconfirmed = "an answer that arrived, but whose confirmation was lost (5xx)";
const named = "a pressed card names who pressed";
const stranger = "a stranger's press is refused aloud";
const live = "nothing that a model writes is live";

const defects: readonly Defect[] = [
  ...(["discord", "slack-socket", "slack-http", "web"] as const).map((on): Defect => ({
    fault: "takes every delivery for a new message",
    on,
    breaks: fourTimes,
    with: /to be 1|has no answer|never saw|length/u,
    twist: {
      open: plantInHearing((hear) => async (message) => hear({ ...message, id: anew(message.id) })),
    },
  })),
  ...(["discord", "slack-socket", "slack-http"] as const).map((on): Defect => ({
    fault: "acknowledges before the message is kept",
    on,
    breaks: "nothing is acknowledged",
    with: /to be \+?0/u,
    twist: { open: plantInHearing((hear) => async (message) => void hear(message).catch(() => undefined)) },
  })),
  {
    fault: "sends a nonce that is not enforced",
    on: "discord",
    breaks: unconfirmed,
    with: /deeply equal|enforce_nonce/u,
    wire: inBody(discordPost, without("enforce_nonce")),
  },
  {
    fault: "forgets the outbox id in the metadata",
    on: "slack-socket",
    breaks: oneReply,
    with: /metadata/u,
    wire: inBody(slackCall("chat.postMessage"), without("metadata")),
  },
  {
    fault: "finds no post that is there",
    on: "slack-http",
    breaks: unconfirmed,
    with: /deeply equal/u,
    twist: { open: plant(() => ({ find: async () => ({ kind: "absent" }) })) },
  },
  {
    fault: "sends again what may have arrived",
    on: "slack-socket",
    breaks: unconfirmed,
    with: /deeply equal/u,
    twist: {
      open: plant((adapter) => ({
        show: async (delivery) => {
          const shown = await adapter.show(delivery);
          return shown.kind === "unclear" ? { kind: "later", afterMs: 10, why: shown.why } : shown;
        },
      })),
    },
  },
  {
    fault: "posts without a word on mentions",
    on: "discord",
    breaks: live,
    with: /1001|1002|allowed-mentions/u,
    wire: inBody(discordPost, without("allowed_mentions")),
  },
  {
    fault: "edits without a word on mentions",
    on: "discord",
    breaks: named,
    with: /edit-allowed-mentions/u,
    wire: inBody(discordEdit, without("allowed_mentions")),
  },
  {
    fault: "leaves link previews on",
    on: "slack-socket",
    breaks: oneReply,
    with: /unfurling/u,
    wire: inBody(slackCall("chat.postMessage"), without("unfurl_links", "unfurl_media")),
  },
  {
    fault: "lets an edit fall back to Slack's own reading of links and names",
    on: "slack-http",
    breaks: named,
    with: /parse and link_names/u,
    wire: inBody(slackCall("chat.update"), without("parse", "link_names")),
  },
  {
    fault: "does not escape what a model writes",
    on: "slack-socket",
    breaks: live,
    with: /live markup|U1002|channel/u,
    wire: inBody(slackCall("chat.postMessage"), ({ blocks: _blocks, text, ...body }) => ({
      ...body,
      text: String(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    })),
  },
  {
    fault: "answers beside the thread",
    on: "slack-http",
    breaks: oneReply,
    with: /deeply equal/u,
    wire: inBody(slackCall("chat.postMessage"), without("thread_ts")),
  },
  {
    fault: "answers without saying what",
    on: "discord",
    breaks: oneReply,
    with: /deeply equal/u,
    wire: inBody(discordPost, without("message_reference")),
  },
  {
    fault: "loses a word of what is long",
    on: "slack-http",
    breaks: "an answer of about 2,000 characters",
    with: /deeply equal/u,
    wire: (call) => (slackCall("chat.postMessage")(call) ? call.body.replaceAll("w00150", "") : call.body),
  },
  {
    fault: "takes every press for its owner's",
    on: "discord",
    breaks: stranger,
    with: /never came: the refusal/u,
    twist: {
      open: plantInHearing((hear) => async (message) => {
        const isPress = message.body.kind === "press";
        await hear(isPress ? { ...message, account: { ...message.account, id: "discord:1001" } } : message);
      }),
    },
  },
  {
    fault: "says to everybody what is for one",
    on: "slack-socket",
    breaks: stranger,
    with: /never came: the refusal/u,
    twist: {
      open: plant((adapter) => ({
        show: async (delivery) => adapter.show({ ...delivery, post: { ...delivery.post, only: null } }),
      })),
    },
  },
  {
    fault: "takes a press that comes again for a second one",
    on: "slack-http",
    breaks: "a press delivered again",
    with: /to be \+?0/u,
    twist: {
      open: plantInHearing(
        (hear) => async (message) =>
          hear(message.body.kind === "press" ? { ...message, id: anew(message.id) } : message),
      ),
    },
  },
  {
    fault: "calls itself ready whatever happens",
    on: "slack-socket",
    breaks: "health tells the truth",
    with: /never came: its loss/u,
    twist: { open: plant(() => ({ health: () => ({ state: "ready", detail: "always" }) })) },
  },
];

describe("a rule fails where an adapter", () => {
  for (const defect of defects) {
    test(`${defect.fault} (${defect.on}: ${defect.breaks}…)`, { timeout: 30_000 }, async () => {
      const tamper = await createTamper(defect.wire ?? (({ body }) => body));
      const way = { ...defect.twist?.way, ...(defect.wire === undefined ? {} : { through: tamper.through }) };
      try {
        const held = run(ruleOf(defect.breaks), defect.on, { patienceMs: 4_000, ...defect.twist, way });
        await expect(held).rejects.toThrow(defect.with);
      } finally {
        await tamper.close();
      }
    });
  }

  test("and holds where nothing is planted, also through the proxy", async () => {
    const tamper = await createTamper(({ body }) => body);
    for (const on of ["discord", "slack-socket"] as const)
      expect(await run(ruleOf(oneReply), on, { way: { through: tamper.through } })).toBeNull();
    await tamper.close();
  });
});
