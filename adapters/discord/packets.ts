// Discord's packets as far as Nova reads them. They come from outside, so each is parsed; what is unknown is ignored,
// and what Discord may leave out or null is allowed to be absent.
import { z } from "zod";

const User = z.object({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().nullish(),
  system: z.boolean().nullish(),
});
const Attachment = z.object({
  filename: z.string(),
  size: z.number().int().nonnegative().nullish().catch(null),
  content_type: z.string().nullish(),
  url: z.string().nullish(),
});

/** What a server says of its member; outside of servers there is none. */
const Membership = z.object({ flags: z.number().nullish(), pending: z.boolean().nullish() });

export const MessagePacket = z.object({
  id: z.string(),
  channel_id: z.string(),
  guild_id: z.string().nullish(),
  channel_type: z.number().nullish(),
  type: z.number().default(0),
  content: z.string().default(""),
  author: User,
  member: Membership.nullish(),
  webhook_id: z.string().nullish(),
  attachments: z.array(Attachment).nullish(),
  referenced_message: z.object({ author: z.object({ id: z.string() }).nullish() }).nullish(),
});
export type MessagePacket = z.infer<typeof MessagePacket>;

const Value = z.union([z.string(), z.number(), z.boolean()]).optional();
const Option = z.object({
  name: z.string(),
  value: Value,
  /** `focused`: the field that is being typed in. */
  options: z.array(z.object({ name: z.string(), value: Value, focused: z.boolean().optional() })).nullish(),
});
const TextInput = z.object({ custom_id: z.string(), value: z.string() });
const Select = z.object({ custom_id: z.string(), values: z.array(z.string()) });
/** The message that a menu was opened on. */
const Target = z.object({ id: z.string(), content: z.string().default(""), author: User });
const common = {
  id: z.string(),
  token: z.string(),
  channel_id: z.string(),
  channel: z.object({ id: z.string(), type: z.number(), parent_id: z.string().nullish() }).nullish(),
  guild_id: z.string().nullish(),
  member: Membership.extend({ user: User }).nullish(),
  user: User.nullish(),
};
const Carrier = z.object({ id: z.string() });

/** A slash command or a message's menu, a button, a field that wants choices, or a dialog that was filled in (in its new and its old shape). */
export const InteractionPacket = z.discriminatedUnion("type", [
  z.object({
    ...common,
    type: z.literal(2),
    data: z.object({
      name: z.string(),
      type: z.number().default(1),
      options: z.array(Option).nullish(),
      target_id: z.string().nullish(),
      resolved: z.object({ messages: z.record(z.string(), Target).nullish() }).nullish(),
    }),
  }),
  z.object({
    ...common,
    type: z.literal(4),
    data: z.object({ name: z.string(), options: z.array(Option).nullish() }),
  }),
  z.object({
    ...common,
    type: z.literal(3),
    message: Carrier.extend({ components: z.unknown().optional() }),
    data: z.object({ custom_id: z.string() }),
  }),
  z.object({
    ...common,
    type: z.literal(5),
    message: Carrier.nullish(),
    data: z.object({
      custom_id: z.string(),
      components: z.array(
        z.union([
          z.object({ component: z.union([TextInput, Select]) }),
          z.object({ components: z.array(TextInput) }),
        ]),
      ),
    }),
  }),
]);
export type InteractionPacket = z.infer<typeof InteractionPacket>;

export const Dispatch = z.object({
  t: z.string().nullable(),
  s: z.number().nullish(),
  d: z.unknown().optional(),
});
export const ReadyPacket = z.object({
  user: z.object({ id: z.string() }),
  application: z.object({ id: z.string() }),
  session_id: z.string().default(""),
});
