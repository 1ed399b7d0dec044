// Sample project: an ERP product that is built and released here. Delete the file and its line in config/nova.ts, and no
// code misses it.
import { defineProject } from "../../src/config.ts";

export const erpProduct = defineProject({
  id: "erp-product",
  name: "ERP Product",
  // Bind it: "discord:<channel id>" or "slack:<team id>/<channel id>".
  channels: [],
  agents: [
    "chat/*",
    "language/draft",
    "language/edit",
    "language/summarise",
    "language/translate",
    "language/email",
    "language/changelog",
    "pipeline/release",
    "pipeline/incident",
    "coordinator/several",
    "coordinator/failure-triage",
  ],
  profile:
    "An ERP product for small trading firms: orders, stock, invoices, books. Two people build it and support its users.",
  conventions: [
    "Versions are numbered major.minor.patch; what breaks for users raises the major number.",
    "Release notes speak to users, never about the code.",
    "Nothing goes out on a Friday.",
  ],
});
