// Sample project: a shop for spare parts of sweepers. It lives in the terminal and the chat page, so that a first start
// has something to show; delete the file and its line in config/nova.ts, and no code misses it.
import { defineProject } from "../../src/config.ts";

export const sparePartsShop = defineProject({
  id: "sweeper-parts",
  name: "Sweeper Parts",
  // Add a Discord channel ("discord:<channel id>") or a Slack one ("slack:<team id>/<channel id>") beside these.
  channels: ["terminal:main", "web:chat"],
  agents: ["*"],
  erp: "main",
  profile:
    "A shop for spare parts of sweepers and scrubbers: brushes, filters, hoses, belts. Customers are cleaning firms, car parks and cities.",
  conventions: [
    "A part fits a machine only when somebody has put that on record.",
    "Prices are in US dollars and without tax.",
    "Write short and friendly; sign with the first name.",
  ],
});
