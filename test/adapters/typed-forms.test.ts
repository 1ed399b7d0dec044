// Every kind of field as each platform draws it, with the real SDKs: what a form of a desk's becomes, and that what comes
// back is handed to the desk as it was typed. The desk stands in for the engine.
import { afterEach, describe, expect, test } from "vitest";
import { createDiscord } from "../../adapters/discord/index.ts";
import { systemClock } from "../../src/clock.ts";
import type { Message } from "../../src/message.ts";
import type { Desk, Form, FormField, FormValues } from "../../src/ports.ts";
import { verbSpecs } from "../../src/verbs.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { createRig } from "../support/slack/adapter.ts";

const field = (key: string, kind: FormField["kind"], more: Partial<FormField> = {}): FormField => ({
  key,
  kind,
  label: key,
  hint: null,
  options: [],
  isRequired: false,
  maxLength: null,
  ...more,
});
const options = ["small", "large"].map((value) => ({ value, label: value }));
const form: Form = {
  pipeline: "pipeline/spring-sale",
  title: "A sale in spring with a rather long name for a title",
  fields: [
    field("name", "text", { isRequired: true, maxLength: 80, hint: "who pays" }),
    field("note", "paragraph", { maxLength: 9_000 }),
    field("size", "select", { options, isRequired: true }),
    field("due", "date"),
    field("copies", "number"),
  ],
};

function createDesk(more: Partial<Desk> = {}): { readonly desk: Desk; readonly judged: FormValues[] } {
  const judged: FormValues[] = [];
  const desk: Desk = {
    suggest: async () => [],
    form: (_asker, { verb, rest }) => (verb === "run" && rest === "spring-sale" ? form : null),
    judge: (_pipeline, values) => {
      judged.push(values);
      return { kind: "sound", rest: 'spring-sale name="Ann"' };
    },
    ...more,
  };
  return { desk, judged };
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openDiscord(desk: Desk) {
  const fake = await createFakeDiscord();
  const heard: Message[] = [];
  const { token, apiUrl } = fake;
  const nova = createDiscord({
    token,
    apiUrl,
    verbs: verbSpecs,
    clock: systemClock,
    onTrouble: () => undefined,
  });
  await nova.start(async (message) => void heard.push(message), undefined, desk);
  closers.push(async () => {
    const broken = fake.check();
    await nova.stop();
    await fake.close();
    expect(broken).toEqual([]);
  });
  return { fake, heard, kit: fake.as(ids.kit) };
}

describe("Discord", () => {
  test("draws each kind of field, and hands back what was typed", async () => {
    const { desk, judged } = createDesk();
    const { fake, heard, kit } = await openDiscord(desk);
    const asked = kit.slash({
      channelId: ids.parts,
      name: "nova",
      verb: "run",
      options: { pipeline: "spring-sale" },
    });
    await fake.until(() => asked.modal ?? undefined);
    expect(asked.modal?.title).toHaveLength(45);
    expect(
      asked.modal?.inputs.map(({ label, isRequired, maxLength, options: offered }) => [
        label,
        isRequired,
        maxLength,
        offered,
      ]),
    ).toEqual([
      ["name", true, 80, null],
      ["note", false, 4_000, null],
      ["size", true, 100, ["small", "large"]],
      ["due", false, 4_000, null],
      ["copies", false, 4_000, null],
    ]);
    kit.modal(asked, { name: "Ann", size: "large", copies: "three" });
    await fake.until(() => heard[0]);
    expect(judged).toEqual([{ name: "Ann", size: "large", copies: "three" }]);
    expect(heard.map(({ id, body }) => [id.startsWith("d:i:"), body])).toEqual([
      [true, { kind: "command", verb: "run", rest: 'spring-sale name="Ann"' }],
    ]);
  });

  test("offers nothing where the desk knows nothing, and cuts what it offers to Discord's size", async () => {
    const long = Array.from({ length: 25 }, (_, n) => ({ value: `${n}`, label: "x".repeat(140) }));
    const { desk } = createDesk({ suggest: async (_asker, { typed }) => (typed === "long" ? long : []) });
    const { fake, kit } = await openDiscord(desk);
    const typing = (text: string) =>
      kit.types({ channelId: ids.parts, verb: "run", field: "pipeline", text });
    const some = typing("long");
    const none = typing("");
    await fake.until(() => (some.answer === 8 && none.answer === 8) || undefined);
    expect([some.choices.length, none.choices.length]).toEqual([25, 0]);
  });
});

describe.each(["socket", "http"] as const)("Slack over %s", (transport) => {
  test("draws each kind of field as Slack's own, and hands back what was chosen", async () => {
    const { desk, judged } = createDesk();
    const rig = await createRig({ transport, isIdle: true });
    await rig.nova.start(async (message) => void rig.heard.push(message), undefined, desk);
    const kit = rig.slack.as("U1001");
    expect(await kit.slash("/nova run spring-sale")).toEqual({ acked: true });
    const [open] = rig.slack.store.views.values();
    expect(open?.view).toMatchObject({
      title: { text: "A sale in spring with a…" },
      submit: { text: "Start" },
    });
    expect(open?.view["blocks"]).toMatchObject([
      {
        block_id: "name",
        optional: false,
        hint: { text: "who pays" },
        element: { type: "plain_text_input", max_length: 80 },
      },
      {
        block_id: "note",
        optional: true,
        element: { type: "plain_text_input", multiline: true, max_length: 3_000 },
      },
      { block_id: "size", optional: false, element: { type: "static_select" } },
      { block_id: "due", element: { type: "datepicker" } },
      { block_id: "copies", element: { type: "number_input", is_decimal_allowed: true } },
    ]);
    const values = { name: "Ann", size: "large", due: "2026-12-01", copies: "3" };
    expect(await kit.submit(values)).toEqual({ acked: true });
    expect(judged).toEqual([{ ...values, note: null }]);
    expect(rig.heard.map(({ id, thread, body }) => [id.slice(0, 4), thread, body])).toEqual([
      ["s:v:", "slack:T1/C1:C1", { kind: "command", verb: "run", rest: 'spring-sale name="Ann"' }],
    ]);
  });

  test("shows a problem that belongs to no field at the first one", async () => {
    const problems = [{ field: "", why: "There is no such pipeline any more." }];
    const { desk } = createDesk({ judge: () => ({ kind: "wrong", rest: "", problems }) });
    const rig = await createRig({ transport, isIdle: true });
    await rig.nova.start(async (message) => void rig.heard.push(message), undefined, desk);
    const kit = rig.slack.as("U1001");
    await kit.slash("/nova run spring-sale");
    const { response } = await kit.submit({ name: "Ann", size: "large" });
    expect(response).toEqual({
      response_action: "errors",
      errors: { name: "There is no such pipeline any more." },
    });
    expect(rig.heard).toEqual([]);
  });

  test("opens a dialog before anybody is looked up, and judges who may when it is sent", async () => {
    const { desk } = createDesk();
    const rig = await createRig({ transport, isIdle: true });
    await rig.nova.start(async (message) => void rig.heard.push(message), undefined, desk);
    const asked = (): readonly string[] =>
      rig.slack.log
        .filter(({ kind, name }) => kind === "request" && /^(?:users|views)\./u.test(name))
        .map(({ name }) => name);
    const guest = rig.slack.as("U1003");
    await guest.slash("/nova run spring-sale");
    expect(asked()).toEqual(["views.open"]);
    await guest.submit({ name: "Ann", size: "large" });
    expect(asked()).toEqual(["views.open", "users.info"]);
    expect(rig.heard.map(({ account }) => account.standing)).toEqual(["outsider"]);
  });

  test("waits for no look-ups one behind the other: Slack's three seconds are one deadline", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport, clock, isIdle: true, fake: { times: { ackMs: 5_000 } } });
    const [kit, maya] = [rig.slack.as("U1001"), rig.slack.as("U1002")];
    const said = maya.say("C1", "an idea");
    await rig.nova.start(async (message) => void rig.heard.push(message));
    rig.slack.faults.add({ match: "users.info", when: "before", how: "hang" });
    const used = kit.shortcut(said, "ask_nova");
    const lookedUp = (): number =>
      rig.slack.log.filter(({ kind, name }) => kind === "request" && name === "users.info").length;
    // The presser and the author are asked for while neither has answered, so that one step of Nova's clock ends both.
    await expect.poll(lookedUp).toBe(2);
    clock.advance(2_300);
    await used;
    expect(lookedUp()).toBe(2);
    expect(rig.heard.at(-1)).toMatchObject({ account: { id: "slack:T1/U1001", standing: "outsider" } });
  });

  test("hears the command in words when no dialog could be opened", async () => {
    const { desk } = createDesk();
    const rig = await createRig({ transport, isIdle: true, fake: { times: { triggerMs: -1 } } });
    await rig.nova.start(async (message) => void rig.heard.push(message), undefined, desk);
    await rig.slack.as("U1001").slash("/nova run spring-sale");
    expect(rig.heard.map(({ body }) => body)).toEqual([
      { kind: "command", verb: "run", rest: "spring-sale" },
    ]);
  });
});
