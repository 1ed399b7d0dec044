// Sample project: web sites that are built and kept for clients. Delete the file and its line in config/nova.ts, and no
// code misses it.
import { defineProject } from "../../src/config.ts";

export const clientSites = defineProject({
  id: "client-sites",
  name: "Client Web Sites",
  // Bind it: "discord:<channel id>" or "slack:<team id>/<channel id>". One project per client keeps memories apart.
  channels: [],
  agents: [
    "chat/*",
    "language/*",
    "erp/customers",
    "erp/quotes",
    "erp/invoices",
    "pipeline/*",
    "coordinator/*",
  ],
  erp: "main",
  profile: "Web sites for small firms: building, changing, launching and keeping them.",
  conventions: [
    "A change that was not agreed is an extra: it gets a quote before work begins.",
    "Nothing goes live without the client's yes in writing.",
    "Write to clients without technical terms.",
  ],
});
