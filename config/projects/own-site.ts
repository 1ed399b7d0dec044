// Sample project: the firm's own web site. Delete the file and its line in config/nova.ts, and no code misses it.
import { defineProject } from "../../src/config.ts";

export const ownSite = defineProject({
  id: "own-site",
  name: "Own Site",
  // Bind it: "discord:<channel id>" or "slack:<team id>/<channel id>".
  channels: [],
  agents: [
    "chat/general",
    "chat/guide",
    "chat/decisions",
    "chat/planner",
    "chat/researcher",
    "chat/explainer",
    "language/*",
    "pipeline/incident",
    "coordinator/several",
  ],
  profile: "The firm's own web site: what we do, for whom, and how to reach us.",
  conventions: [
    "Plain words, short sentences, no superlatives.",
    "Each page says what the reader can do next.",
  ],
});
