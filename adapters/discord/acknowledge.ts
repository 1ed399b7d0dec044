// The answer that Discord wants within three seconds: after the commit for what was kept, at once for a dialog.
// It says only that something was heard; what comes of it is a post of its own.
import { ComponentType, InteractionResponseType, MessageFlags, Routes, TextInputStyle } from "discord.js";
import type { REST } from "discord.js";
import { z } from "zod";
import type { Body } from "../../src/body.ts";
import type { Message } from "../../src/message.ts";
import type { EditDialog, Form, Judged, Suggestion } from "../../src/ports.ts";
import { drawEdit } from "./edit-dialog.ts";
import { drawForm, wrongWords } from "./forms.ts";
import type { InteractionPacket } from "./packets.ts";
import { clip, toInert } from "./text.ts";
import type { Tokens } from "./tokens.ts";

export type AcknowledgeParts = {
  readonly rest: REST;
  readonly tokens: Tokens;
  readonly application: () => string | null;
  /** Too late or twice: what was kept is answered as a post all the same. */
  readonly onMissed: (error: unknown) => void;
};
export type Acknowledge = {
  readonly remember: (packet: InteractionPacket, message: Message) => void;
  readonly asKept: (packet: InteractionPacket, message: Message) => Promise<void>;
  readonly asLost: (packet: InteractionPacket) => Promise<void>;
  readonly asUnknown: (packet: InteractionPacket) => Promise<void>;
  readonly asWrong: (packet: InteractionPacket, judged: Extract<Judged, { kind: "wrong" }>) => Promise<void>;
  readonly withForm: (packet: InteractionPacket, form: Form) => Promise<void>;
  readonly withChoices: (packet: InteractionPacket, choices: readonly Suggestion[]) => Promise<void>;
  readonly withDialog: (packet: Press, asks: string) => Promise<void>;
  readonly withEdit: (packet: Press, dialog: EditDialog) => Promise<void>;
};
type Press = Extract<InteractionPacket, { type: 3 }>;

const lost = "I could not keep that, so nothing was started. Please try again in a minute.";
const unknown = "I don't know that button or command any more. Type /nova help to see what I can do.";

export function createAcknowledge(parts: AcknowledgeParts): Acknowledge {
  const respond = async (packet: InteractionPacket, body: object): Promise<void> => {
    try {
      await parts.rest.post(Routes.interactionCallback(packet.id, packet.token), { body, auth: false });
    } catch (error) {
      parts.onMissed(error);
    }
  };
  const whisper = async (packet: InteractionPacket, content: string): Promise<void> =>
    respond(packet, toWhisper(content));

  return {
    remember: (packet, message) => {
      const application = parts.application();
      if (application !== null)
        parts.tokens.keep(message.id, message.account.id, { application, token: packet.token });
    },
    // A command gets a receipt, not "thinking…": that would hang for ever if Nova were killed now.
    asKept: async (packet, message) =>
      message.body.kind === "command"
        ? whisper(packet, `Heard: ${clip(toInert(wordsOf(message.body)), 300)}`)
        : respond(packet, { type: InteractionResponseType.DeferredMessageUpdate }),
    asLost: async (packet) => whisper(packet, lost),
    asUnknown: async (packet) => whisper(packet, unknown),
    asWrong: async (packet, judged) => whisper(packet, wrongWords(judged)),
    withForm: async (packet, form) => respond(packet, drawForm(form)),
    withChoices: async (packet, choices) =>
      respond(packet, {
        type: InteractionResponseType.ApplicationCommandAutocompleteResult,
        data: {
          choices: choices.map(({ value, label }) => ({ name: clip(label, 100), value: clip(value, 100) })),
        },
      }),
    withEdit: async (packet, dialog) => respond(packet, drawEdit(packet.data.custom_id, dialog)),
    withDialog: async (packet, asks) => respond(packet, toDialog(packet, asks)),
  };
}

const toWhisper = (content: string): object => ({
  type: InteractionResponseType.ChannelMessageWithSource,
  data: {
    content,
    flags: MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds,
    allowed_mentions: { parse: [] },
  },
});

const wordsOf = ({ verb, rest }: Extract<Body, { kind: "command" }>): string =>
  `/nova ${verb} ${rest}`.trim();

const Rows = z.array(
  z.object({
    components: z.array(z.object({ custom_id: z.string().optional(), label: z.string().optional() })),
  }),
);

function toDialog(packet: Press, asks: string): object {
  const rows = Rows.safeParse(packet.message.components);
  const buttons = rows.success ? rows.data.flatMap((row) => row.components) : [];
  const label = buttons.find((button) => button.custom_id === packet.data.custom_id)?.label ?? "Nova";
  return {
    type: InteractionResponseType.Modal,
    data: {
      custom_id: packet.data.custom_id,
      title: clip(label, 45),
      components: [
        {
          type: ComponentType.Label,
          label: clip(asks, 45),
          component: {
            type: ComponentType.TextInput,
            custom_id: "words",
            style: TextInputStyle.Paragraph,
            required: false,
            max_length: 1000,
          },
        },
      ],
    },
  };
}
