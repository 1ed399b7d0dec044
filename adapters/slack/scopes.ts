// The rights that Nova asks Slack for, and no others: the manifest lists the same, `check` looks for them.

/** Each with what is lost without it. */
export const neededScopes: Readonly<Record<string, string>> = {
  "chat:write": "answer",
  "app_mentions:read": "hear its name",
  "channels:history": "hear what is said in channels",
  "groups:history": "hear what is said in private channels",
  "im:history": "hear direct messages",
  "mpim:history": "hear group messages",
  "im:write": "write first to whoever has to decide",
  "channels:read": "see who is in a channel when somebody there is to decide",
  "groups:read": "see who is in a private channel when somebody there is to decide",
  "users:read": "tell guests from members",
  "reactions:read": "take a thumb for feedback",
  "files:read": "read what people attach",
  "files:write": "send long answers as files",
  commands: "offer /nova",
};
