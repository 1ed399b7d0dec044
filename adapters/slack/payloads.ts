// The shapes of what Slack sends, as far as Nova reads them; everything else in a payload is ignored.
import { z } from "zod";

const File = z.object({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().int().nonnegative().nullish().catch(null),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export const Event = z.object({
  type: z.enum(["message", "app_mention"]),
  subtype: z.string().optional(),
  channel: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  files: z.array(File).optional(),
});
/** A thumb put under a message, or taken away. */
export const ReactionEvent = z.object({
  type: z.enum(["reaction_added", "reaction_removed"]),
  user: z.string(),
  reaction: z.string(),
  /** Who wrote the message under it; absent for messages of incoming webhooks. */
  item_user: z.string().optional(),
  item: z.object({ type: z.literal("message"), channel: z.string(), ts: z.string() }),
  event_ts: z.string(),
});
export const EventCallback = z.object({
  type: z.literal("event_callback"),
  team_id: z.string(),
  event: z.unknown(),
});
export const Command = z.object({
  command: z.string(),
  text: z.string().optional(),
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  user_name: z.string().optional(),
  trigger_id: z.string(),
});
const User = z.object({ id: z.string(), name: z.string().optional(), team_id: z.string().optional() });
const Action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  action_ts: z.string(),
});
export const BlockActions = z.object({
  type: z.literal("block_actions"),
  user: User,
  trigger_id: z.string(),
  container: z.object({ channel_id: z.string(), message_ts: z.string(), thread_ts: z.string().optional() }),
  message: z.object({ thread_ts: z.string().optional(), blocks: z.array(z.unknown()).optional() }).optional(),
  actions: z.array(Action).min(1),
});
export const Submission = z.object({
  type: z.literal("view_submission"),
  user: User,
  view: z.object({
    id: z.string(),
    hash: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({ words: z.object({ words: z.object({ value: z.string().nullable() }) }) }),
    }),
  }),
});

/** Where a press came from; travels through a dialog as its metadata. */
export const Press = z.strictObject({
  nonce: z.string(),
  channel: z.string(),
  ts: z.string(),
  threadTs: z.string().nullable(),
});
export type Press = z.infer<typeof Press>;

export const Asking = z.object({
  elements: z.array(z.object({ action_id: z.string(), accessibility_label: z.string().optional() })),
});
