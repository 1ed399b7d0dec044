// Interactions: one answer within the deadline, the token's life, @original and follow-ups. The deadline runs from
// the dispatch, so a late or second callback is refused exactly as Discord refuses it.
import { z } from "zod";
import { afterAwake } from "../awake.ts";
import { applyEdit, unarchive } from "./messages.ts";
import { forbidPreviews } from "./previews.ts";
import { parseMessageBody, pingsOf, refuseEmpty, rowsOf, type MessageBody } from "./message-body.ts";
import { messageCreated, messageDeleted, messageUpdated, toMessage } from "./packets.ts";
import { invalidForm, Refusal } from "./refusal.ts";
import type { Call, Reply, Route } from "./rest.ts";
import { announce, type Stage } from "./stage.ts";
import type { FakeMessage } from "./world.ts";

export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  readonly kind: "command" | "button" | "modal" | "autocomplete";
  readonly userId: string;
  readonly channelId: string;
  /** The message that carries the button, also for a modal opened from one. */
  readonly messageId: string | null;
  readonly dispatchedAtMs: number;
  /** The callback type it was answered with. */
  answer: number | null;
  /** Nobody answered in time: the person saw "This interaction failed". */
  failed: boolean;
  originalId: string | null;
  /** The next follow-up fills the deferred original. */
  isDeferred: boolean;
  modal: FakeModal | null;
  choices: readonly string[];
}

export interface FakeModal {
  readonly customId: string;
  readonly title: string;
  readonly inputs: readonly FakeInput[];
}

export interface FakeInput {
  readonly customId: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly maxLength: number;
  /** What stands in it when it opens. */
  readonly value: string;
  /** Of a select; null: free text. */
  readonly options: readonly string[] | null;
}

export type Opening = Pick<FakeInteraction, "kind" | "userId" | "channelId" | "messageId">;

export interface Interactions {
  readonly routes: readonly Route[];
  readonly all: readonly FakeInteraction[];
  open(given: Opening): FakeInteraction;
  /** Starts the deadline; call right after the dispatch. */
  watch(interaction: FakeInteraction): void;
  close(): void;
}

const EPHEMERAL = 64;
const ALLOWED: { readonly [kind in FakeInteraction["kind"]]: readonly number[] } = {
  command: [4, 5, 9],
  button: [4, 5, 6, 7, 9],
  modal: [4, 5],
  autocomplete: [8],
};
const callbackSchema = z.object({ type: z.number().int(), data: z.unknown().optional() });
const inputSchema = z.object({
  type: z.literal(4),
  custom_id: z.string().min(1).max(100),
  label: z.string().max(45).optional(),
  style: z.number().int().min(1).max(2),
  required: z.boolean().default(true),
  min_length: z.number().int().min(0).max(4000).optional(),
  max_length: z.number().int().min(1).max(4000).default(4000),
  placeholder: z.string().max(100).optional(),
  value: z.string().max(4000).optional(),
});
const selectSchema = z.object({
  type: z.literal(3),
  custom_id: z.string().min(1).max(100),
  required: z.boolean().default(true),
  placeholder: z.string().max(150).optional(),
  options: z
    .array(z.object({ label: z.string().min(1).max(100), value: z.string().min(1).max(100) }))
    .min(1)
    .max(25)
    .refine((options) => new Set(options.map(({ value }) => value)).size === options.length),
});
const modalSchema = z.object({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z
    .array(
      z.union([
        z.object({
          type: z.literal(18),
          label: z.string().min(1).max(45),
          description: z.string().max(100).optional(),
          // The label stands on the Label around it, not on the input.
          component: z.union([inputSchema.extend({ label: z.undefined().optional() }), selectSchema]),
        }),
        z.object({ type: z.literal(1), components: z.array(inputSchema).length(1) }),
      ]),
    )
    .min(1)
    .max(5)
    .refine(haveOwnIds, "Component custom id cannot be duplicated"),
});
const choicesSchema = z.object({
  choices: z.array(z.object({ name: z.string().min(1).max(100), value: z.string().min(1).max(100) })).max(25),
});

export function createInteractions(stage: Stage): Interactions {
  const { world, recorder, settings } = stage;
  const all: FakeInteraction[] = [];
  const timers = new Set<() => void>();
  const byToken = (call: Call): FakeInteraction => {
    const found = all.find((i) => i.token === call.params["token"]);
    if (found === undefined) throw new Refusal(404, 10015, { message: "Unknown Webhook" });
    if (Date.now() - found.dispatchedAtMs > settings.tokenMs)
      throw new Refusal(401, 50027, { message: "Invalid Webhook Token" });
    if (found.answer === null) throw new Refusal(404, 10015, { message: "Unknown Webhook" });
    return found;
  };
  const original = (call: Call): { interaction: FakeInteraction; message: FakeMessage } => {
    const interaction = byToken(call);
    const wanted = call.params["message"] ?? "@original";
    const id = wanted === "@original" ? (interaction.originalId ?? "") : wanted;
    const message = world.messages.get(id);
    if (message === undefined || message.deleted)
      throw new Refusal(404, 10008, { message: "Unknown Message" });
    return { interaction, message };
  };
  const tell = (message: FakeMessage, event: typeof messageCreated) =>
    announce(stage, world.channel(message.channelId), event(world, message));

  const post = (
    interaction: FakeInteraction,
    body: MessageBody,
    how: { loading: boolean; files: Call["files"] },
  ): FakeMessage => {
    const isHidden = ((body.flags ?? 0) & EPHEMERAL) !== 0;
    if ((body.allowed_mentions?.parse ?? ["absent"]).length > 0 && !how.loading)
      recorder.violate("house", "allowed-mentions", `interaction ${interaction.id}`);
    unarchive(stage, world.channel(interaction.channelId));
    const message = world.addMessage({
      channelId: interaction.channelId,
      authorId: world.bot.id,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: rowsOf(body),
      files: how.files,
      visibleTo: isHidden ? interaction.userId : null,
      pinged: how.loading ? [] : pingsOf(body, null, "interaction"),
      loading: how.loading,
    });
    tell(message, messageCreated);
    return message;
  };
  const change = (message: FakeMessage, call: { body: unknown; files: Call["files"] }): Reply => {
    const body = parseMessageBody(call.body);
    if ((body.allowed_mentions?.parse ?? ["absent"]).length > 0)
      recorder.violate("house", "edit-allowed-mentions", `message ${message.id}`);
    forbidPreviews(recorder, body, `edit of ${message.id}`);
    applyEdit(message, body, call.files);
    message.pinged = [...message.pinged, ...pingsOf(body, null, "interaction")];
    tell(message, messageUpdated);
    return { status: 200, body: toMessage(world, message) };
  };

  const carryOut = (
    interaction: FakeInteraction,
    type: number,
    call: { data: unknown; files: Call["files"] },
  ): void => {
    if (type === 4) {
      const body = parseMessageBody(call.data);
      refuseEmpty(body, call.files.length);
      forbidPreviews(recorder, body, `answer to ${interaction.id}`);
      interaction.originalId = post(interaction, body, { loading: false, files: call.files }).id;
    } else if (type === 5) {
      const body = parseMessageBody(call.data ?? {});
      interaction.originalId = post(interaction, body, { loading: true, files: [] }).id;
      interaction.isDeferred = true;
    } else if (type === 6 || type === 7) {
      interaction.originalId = interaction.messageId;
      if (type === 7)
        change(world.message(interaction.messageId ?? ""), { body: call.data, files: call.files });
    } else if (type === 8) {
      interaction.choices = mustParse(choicesSchema, call.data).choices.map((choice) => choice.value);
    } else {
      interaction.modal = toModal(call.data);
    }
  };

  const callback = (call: Call): Reply => {
    const interaction = all.find((i) => i.id === call.params["id"] && i.token === call.params["token"]);
    if (interaction === undefined) throw new Refusal(404, 10062, { message: "Unknown interaction" });
    if (interaction.answer !== null) {
      recorder.violate("house", "second-callback", `interaction ${interaction.id} was answered twice.`);
      throw new Refusal(400, 40060, { message: "Interaction has already been acknowledged." });
    }
    if (interaction.failed) throw new Refusal(404, 10062, { message: "Unknown interaction" });
    const { type, data } = mustParse(callbackSchema, call.body);
    const fromButton = interaction.kind === "modal" && interaction.messageId !== null ? [6, 7] : [];
    if (![...ALLOWED[interaction.kind], ...fromButton].includes(type)) {
      throw invalidForm([
        {
          path: "type",
          code: "BASE_TYPE_CHOICES",
          message: `Callback ${type} does not fit a ${interaction.kind}.`,
        },
      ]);
    }
    carryOut(interaction, type, { data, files: call.files });
    interaction.answer = type;
    recorder.write("event", `answered ${interaction.kind}`, { body: { id: interaction.id, type } });
    if (call.query.get("with_response") !== "true") return { status: 204 };
    const message =
      interaction.originalId === null ? undefined : toMessage(world, world.message(interaction.originalId));
    return {
      status: 200,
      body: { interaction: { id: interaction.id, type: 2 }, resource: { type, message } },
    };
  };

  const followUp = (call: Call): Reply => {
    const interaction = byToken(call);
    const body = parseMessageBody(call.body);
    refuseEmpty(body, call.files.length);
    forbidPreviews(recorder, body, `follow-up to ${interaction.id}`);
    if (interaction.isDeferred && interaction.originalId !== null) {
      interaction.isDeferred = false;
      return change(world.message(interaction.originalId), { body: call.body, files: call.files });
    }
    return {
      status: 200,
      body: toMessage(world, post(interaction, body, { loading: false, files: call.files })),
    };
  };
  const patch = (call: Call): Reply => {
    const { interaction, message } = original(call);
    interaction.isDeferred = false;
    return change(message, call);
  };
  const remove = (call: Call): Reply => {
    const { message } = original(call);
    message.deleted = true;
    tell(message, messageDeleted);
    return { status: 204 };
  };

  const message = "/webhooks/:app/:token/messages/:message";
  return {
    all,
    open(given) {
      const id = world.nextId();
      const fresh: FakeInteraction = {
        ...given,
        id,
        token: `token-${id}`,
        dispatchedAtMs: Date.now(),
        answer: null,
        failed: false,
        originalId: null,
        isDeferred: false,
        modal: null,
        choices: [],
      };
      all.push(fresh);
      return fresh;
    },
    watch(interaction) {
      const stop = afterAwake(settings.ackMs, () => {
        timers.delete(stop);
        if (interaction.answer !== null) return;
        interaction.failed = true;
        recorder.write("event", "interaction failed", { body: interaction.id });
      });
      timers.add(stop);
    },
    close() {
      for (const stop of timers) stop();
    },
    routes: [
      { method: "POST", pattern: "/interactions/:id/:token/callback", isOpen: true, handle: callback },
      { method: "POST", pattern: "/webhooks/:app/:token", isOpen: true, handle: followUp },
      {
        method: "GET",
        pattern: message,
        isOpen: true,
        handle: (call) => ({ status: 200, body: toMessage(world, original(call).message) }),
      },
      { method: "PATCH", pattern: message, isOpen: true, handle: patch },
      { method: "DELETE", pattern: message, isOpen: true, handle: remove },
    ],
  };
}

function toModal(data: unknown): FakeModal {
  const parsed = mustParse(modalSchema, data);
  const inputs = parsed.components.map((part): FakeInput => {
    const [input] = part.type === 18 ? [part.component] : part.components;
    if (input === undefined) throw new Error("An action row of a dialog holds one input.");
    return {
      customId: input.custom_id,
      label: part.type === 18 ? part.label : "label" in input ? (input.label ?? "") : "",
      isRequired: input.required,
      maxLength: input.type === 3 ? 100 : input.max_length,
      value: input.type === 3 ? "" : (input.value ?? ""),
      options: input.type === 3 ? input.options.map(({ value }) => value) : null,
    };
  });
  return { customId: parsed.custom_id, title: parsed.title, inputs };
}

function haveOwnIds(
  parts: readonly (
    | { readonly component: { readonly custom_id: string } }
    | { readonly components: readonly { readonly custom_id: string }[] }
  )[],
): boolean {
  const ids = parts.flatMap((part) =>
    "component" in part ? [part.component.custom_id] : part.components.map((input) => input.custom_id),
  );
  return new Set(ids).size === ids.length;
}

function mustParse<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw invalidForm(
    parsed.error.issues.map((i) => ({
      path: i.path.join(".") || "body",
      code: "BASE_TYPE_BAD",
      message: i.message,
    })),
  );
}
