// Sample project: a marketplace where sign makers offer and customers ask for signs. Delete the file and its line in
// config/nova.ts, and no code misses it.
import { defineProject } from "../../src/config.ts";

export const signageMarketplace = defineProject({
  id: "signage-marketplace",
  name: "Signage Marketplace",
  // Bind it: "discord:<channel id>" or "slack:<team id>/<channel id>".
  channels: [],
  agents: ["chat/*", "language/*", "pipeline/incident", "coordinator/*"],
  profile:
    "A marketplace for signs: customers describe what they need, sign makers offer. It earns a commission on each sale.",
  conventions: [
    "Sizes are in millimetres, width before height.",
    "A listing names material, light, mounting and quantity, or says that they are missing.",
    "No maker is recommended over another.",
  ],
});
