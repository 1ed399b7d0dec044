// The dialog behind a card's "Edit…": one labelled field per value, prefilled. Its id is the button's own, so that what
// is sent is a press of that button with other values.
import { ComponentType, InteractionResponseType, TextInputStyle } from "discord.js";
import type { EditDialog } from "../../src/ports.ts";
import type { InteractionPacket } from "./packets.ts";
import { clip } from "./text.ts";

const prefix = "field.";
const longestText = 4_000;
type Submitted = Extract<InteractionPacket, { type: 5 }>;

export function drawEdit(buttonId: string, { title, fields }: EditDialog): object {
  return {
    type: InteractionResponseType.Modal,
    data: {
      custom_id: buttonId,
      title: clip(title, 45),
      components: fields.map(({ key, label, value, isLong, isRequired }) => ({
        type: ComponentType.Label,
        label: clip(label, 45),
        component: {
          type: ComponentType.TextInput,
          custom_id: `${prefix}${key}`,
          style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
          required: isRequired,
          max_length: longestText,
          ...(value === "" ? {} : { value: value.slice(0, longestText) }),
        },
      })),
    },
  };
}

/** What was sent with such a dialog; null: another one. */
export function parseEdit({ data }: Submitted): Readonly<Record<string, string>> | null {
  const inputs = data.components.flatMap((part) =>
    "component" in part ? [part.component] : part.components,
  );
  const fields = inputs.flatMap((input): readonly (readonly [string, string])[] =>
    "value" in input && input.custom_id.startsWith(prefix)
      ? [[input.custom_id.slice(prefix.length), input.value]]
      : [],
  );
  return fields.length === 0 ? null : Object.fromEntries(fields);
}
