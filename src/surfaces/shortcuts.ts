// What can be done with a message that stands in a chat, without typing: each shortcut is a verb, used on that message's
// words or in its thread, with the same rights.

export type Shortcut = {
  /** What Slack calls back with. */
  readonly id: string;
  /** As it stands in the platform's menu; at most 24 characters for Slack, 32 for Discord. */
  readonly label: string;
  readonly about: string;
  readonly verb: "ask" | "remember" | "summarise";
};

export const shortcuts: readonly Shortcut[] = [
  { id: "ask_nova", label: "Ask Nova", about: "Have Nova answer this message", verb: "ask" },
  { id: "remember_this", label: "Remember this", about: "Keep this message as a fact", verb: "remember" },
  {
    id: "summarise_thread",
    label: "Summarise thread",
    about: "Sum up what was said here",
    verb: "summarise",
  },
];
